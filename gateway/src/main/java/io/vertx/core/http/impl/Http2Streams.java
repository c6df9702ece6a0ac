package io.vertx.core.http.impl;

import io.netty.handler.codec.http2.Http2Error;
import io.vertx.core.http.HttpServerRequest;

/** The streams of HTTP/2 connections. */
public final class Http2Streams {
    /**
     * Ends the stream of a request whose answer is complete here, but not sent. {@code HttpServerResponse.reset} of Vert.x 5.0 has no
     * effect once the end of the answer is in Netty's queue. Call this on the event loop of the connection.
     */
    public static void cancel(HttpServerRequest request) {
        if (!(request.connection() instanceof Http2ServerConnection connection)) return;
        VertxHttp2ConnectionHandler<?> handler = connection.handler;
        handler.writeReset(request.response().streamId(), Http2Error.CANCEL.code(), null);
    }

    private Http2Streams() {}
}
