package io.vertx.core.http.impl;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http2.Http2Settings;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.TimeUnit;

/**
 * Lets a client in clear text speak HTTP/2 instead of HTTP/1.1: by prior knowledge (RFC 9113, 3.3) or by Upgrade (RFC 7540, 3.2).
 *
 * <p>Vert.x 5.0 has the same as an option. With it, however, a connection is handed over only once its first request has been decoded:
 * until then it has no deadline, and that request passes Netty's lenient decoder; and an Upgrade is answered although it has two Host
 * headers, or a Transfer-Encoding. Here a connection is an HTTP/1.1 connection, with its deadlines and checks, until the client has
 * correctly asked for HTTP/2. This class is in Vert.x's package because the constructors of HTTP/2 connections are visible only there.
 */
public final class ClearTextHttp2 {
    /** Vert.x's name of the last handler of a channel, which holds the connection. */
    private static final String CONNECTION_HANDLER = "handler";

    private final HttpServerOptions options;
    private final Handler<HttpServerRequest> requests;
    private final Switch switched;

    /** Called when a connection has switched to HTTP/2. */
    @FunctionalInterface
    public interface Switch {
        /** @param before the HTTP/1.1 connection, which gets no more events */
        void happened(HttpConnection before, HttpConnection now);
    }

    /** @param requests handles requests in HTTP/2 */
    public ClearTextHttp2(HttpServerOptions options, Handler<HttpServerRequest> requests, Switch switched) {
        this.options = options;
        this.requests = requests;
        this.switched = switched;
    }

    /** Call this before the connection's first byte is read, on its event loop. Has no effect with TLS, where the handshake decides. */
    public void offer(HttpConnection connection) {
        if (!(connection instanceof Http1xServerConnection http1) || http1.isSsl()) return;
        var pipeline = http1.channel().pipeline();
        pipeline.addFirst(new PriorKnowledge(http1));
        pipeline.addBefore(CONNECTION_HANDLER, null, new Upgrade(http1));
    }

    private VertxHttp2ConnectionHandler<Http2ServerConnection> replace(Http1xServerConnection http1) {
        var handler = handler(http1);
        http1.channel().pipeline().replace(CONNECTION_HANDLER, CONNECTION_HANDLER, handler);
        return handler;
    }

    private VertxHttp2ConnectionHandler<Http2ServerConnection> handler(Http1xServerConnection http1) {
        int resets = options.getHttp2RstFloodMaxRstFramePerWindow();
        int seconds = (int) TimeUnit.SECONDS.convert(
                options.getHttp2RstFloodWindowDuration(), options.getHttp2RstFloodWindowDurationTimeUnit());
        var handler = new VertxHttp2ConnectionHandlerBuilder<Http2ServerConnection>()
                .server(true)
                .gracefulShutdownTimeoutMillis(0)
                .encoderEnforceMaxRstFramesPerWindow(resets, seconds)
                .decoderEnforceMaxRstFramesPerWindow(resets, seconds)
                .initialSettings(options.getInitialSettings())
                .connectionFactory(connected -> connection(http1, connected))
                .build();
        StrictHttp2Methods.install(handler);
        return handler;
    }

    private Http2ServerConnection connection(
            Http1xServerConnection http1, VertxHttp2ConnectionHandler<Http2ServerConnection> handler) {
        var context = http1.context();
        // Each request has its own context, which holds its trace and its log fields.
        var http2 = new Http2ServerConnection(
                context, context::duplicate, http1.serverOrigin(), handler, null, options, http1.metrics);
        http2.metric(http1.metric());
        http2.handler(requests);
        switched.happened(http1, http2);
        return http2;
    }

    private static void remove(ChannelPipeline pipeline, Class<? extends ChannelHandler> handler) {
        if (pipeline.get(handler) != null) pipeline.remove(handler);
    }

    /** Waits for the first bytes: a client that knows that the server speaks HTTP/2 begins with its preface. */
    private final class PriorKnowledge extends Http1xOrH2CHandler {
        private final Http1xServerConnection http1;

        PriorKnowledge(Http1xServerConnection http1) {
            this.http1 = http1;
        }

        @Override
        protected void configure(ChannelHandlerContext context, boolean isHttp2) {
            if (!isHttp2) return;
            var pipeline = context.pipeline();
            remove(pipeline, Upgrade.class);
            pipeline.remove(VertxHttpRequestDecoder.class);
            pipeline.remove(VertxHttpResponseEncoder.class);
            replace(http1);
        }
    }

    /**
     * Looks at the first request. One that does not ask for HTTP/2 correctly, or has a body, is answered in HTTP/1.1, which a server may
     * always do (RFC 9110, 7.8).
     */
    private final class Upgrade extends ChannelInboundHandlerAdapter {
        private final Http1xServerConnection http1;
        private boolean isUpgraded;

        Upgrade(Http1xServerConnection http1) {
            this.http1 = http1;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
            if (isUpgraded && message instanceof HttpContent end) {
                // Only the end of the request is left to come.
                end.release();
                context.pipeline().remove(this);
                context.pipeline().remove(VertxHttpRequestDecoder.class);
                return;
            }
            var settings = message instanceof HttpRequest request ? UpgradeRequest.settings(request) : null;
            if (settings == null) {
                context.pipeline().remove(this);
                context.fireChannelRead(message);
            } else upgrade(context, (HttpRequest) message, settings);
        }

        private void upgrade(ChannelHandlerContext context, HttpRequest request, Http2Settings settings)
                throws Exception {
            isUpgraded = true;
            var pipeline = context.pipeline();
            context.write(UpgradeRequest.accepted());
            pipeline.remove(VertxHttpResponseEncoder.class);
            var handler = replace(http1);
            handler.serverUpgrade(pipeline.context(handler), settings);
            StrictHttp2Methods.install(handler);
            context.fireChannelRead(UpgradeRequest.inHttp2(request));
        }
    }
}
