package io.parley.gateway.http;

import io.netty.handler.codec.http.HttpMessage;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Keeps the Content-Length of a request that also has a Transfer-Encoding. Netty's decoder removes it, and then {@link
 * RequestGuard} could not see that the request must be refused (RFC 9112, 6.1).
 */
public final class StrictRequestDecoder extends VertxHttpRequestDecoder {
    private StrictRequestDecoder(HttpServerOptions options) {
        super(options);
    }

    /** Call this before the first request of the connection is read. HTTP/2 needs none. */
    public static void install(HttpConnection connection, HttpServerOptions options) {
        var pipeline = ((ConnectionBase) connection).channel().pipeline();
        if (pipeline.get(VertxHttpRequestDecoder.class) != null)
            pipeline.replace(VertxHttpRequestDecoder.class, null, new StrictRequestDecoder(options));
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        // Both headers stay as they were sent.
    }
}
