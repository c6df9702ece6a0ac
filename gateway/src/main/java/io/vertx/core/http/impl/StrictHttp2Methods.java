package io.vertx.core.http.impl;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaderValidationUtil;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.vertx.core.http.HttpConnection;

/**
 * Ends the stream of a request whose method is not a token (RFC 9113, 8.1.1), and not its connection, which may be that of a proxy with requests of
 * others. Vert.x 5.0 fails outside of any stream when it reads such a method.
 */
public final class StrictHttp2Methods extends Http2FrameListenerDecorator {
    private final Http2ConnectionDecoder decoder;

    private StrictHttp2Methods(Http2ConnectionDecoder decoder) {
        super(decoder.frameListener());
        this.decoder = decoder;
    }

    /** Call this before the connection's first request is read, on its event loop. Has no effect on HTTP/1.1. */
    public static void install(HttpConnection connection) {
        if (connection instanceof Http2ServerConnection http2) install(http2.handler);
    }

    static void install(VertxHttp2ConnectionHandler<?> handler) {
        var decoder = handler.decoder();
        decoder.frameListener(new StrictHttp2Methods(decoder));
    }

    // At the first settings of the client, Vert.x puts another listener in the place of this one.
    @Override
    public void onSettingsRead(ChannelHandlerContext context, Http2Settings settings) throws Http2Exception {
        super.onSettingsRead(context, settings);
        if (decoder.frameListener() != this) decoder.frameListener(new StrictHttp2Methods(decoder));
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext context, int stream, Http2Headers headers, int padding, boolean isEnd)
            throws Http2Exception {
        check(stream, headers);
        super.onHeadersRead(context, stream, headers, padding, isEnd);
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext context,
            int stream,
            Http2Headers headers,
            int dependency,
            short weight,
            boolean isExclusive,
            int padding,
            boolean isEnd)
            throws Http2Exception {
        check(stream, headers);
        super.onHeadersRead(context, stream, headers, dependency, weight, isExclusive, padding, isEnd);
    }

    // Trailers have none, and Vert.x refuses a request without one.
    private static void check(int stream, Http2Headers headers) throws Http2Exception {
        var method = headers.method();
        if (method == null || (method.length() > 0 && HttpHeaderValidationUtil.validateToken(method) < 0)) return;
        throw Http2Exception.streamError(stream, Http2Error.PROTOCOL_ERROR, "The method is not a token");
    }
}
