package io.parley.gateway;

import io.parley.gateway.connections.Http2Connections;
import io.parley.gateway.cors.CrossOriginRequests;
import io.parley.gateway.http.ConnectionDeadlines;
import io.parley.gateway.http.HttpError;
import io.parley.gateway.http.Problems;
import io.parley.gateway.http.RequestGuard;
import io.parley.gateway.http.RequestId;
import io.parley.gateway.http.SecurityHeaders;
import io.parley.gateway.http.StrictRequestDecoder;
import io.parley.gateway.observe.Exchange;
import io.parley.gateway.streams.ChangeFeed;
import io.parley.gateway.streams.TurnFeed;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.ClearTextHttp2;
import io.vertx.core.http.impl.StrictHttp2Methods;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The HTTP server. When it is undeployed, running requests may finish. */
public final class GatewayVerticle extends VerticleBase {
    private static final int MAX_HEADER_BYTES = 16 * 1024;

    /** Of one connection of HTTP/2. */
    private static final long MAX_STREAMS = 128;

    private final Gateway gateway;
    private final HttpServerOptions options;
    private final TurnFeed turns;
    private final ChangeFeed changes;
    private @Nullable HttpServer server;
    private @Nullable ConnectionDeadlines deadlines;
    private boolean isStopping;

    GatewayVerticle(Gateway gateway) {
        this.gateway = gateway;
        this.turns = new TurnFeed(gateway.bus());
        this.changes = new ChangeFeed(gateway.bus());
        this.options = new HttpServerOptions()
                .setHost(gateway.settings().host())
                .setPort(gateway.settings().port())
                // ClearTextHttp2 takes its place.
                .setHttp2ClearTextEnabled(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setHandle100ContinueAutomatically(true)
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setMaxInitialLineLength(RequestGuard.MAX_LINE_BYTES)
                .setInitialSettings(new Http2Settings()
                        .setMaxConcurrentStreams(MAX_STREAMS)
                        .setMaxHeaderListSize(MAX_HEADER_BYTES));
        if (gateway.tls() != null) gateway.tls().configure(options);
    }

    /** The port that it listens on. To be called after the deployment. */
    public int port() {
        if (server == null) throw new IllegalStateException("not deployed");
        return server.actualPort();
    }

    @Override
    public Future<?> start() {
        var deadlines = new ConnectionDeadlines(vertx, gateway.settings().timeouts(), gateway::refuse);
        this.deadlines = deadlines;
        var router = router(deadlines);
        Handler<HttpServerRequest> requests = request -> handle(HeadRequest.of(request), deadlines, router);
        var http2 = new ClearTextHttp2(options, requests, deadlines::connectionSwitched);
        changes.open(vertx);
        return Future.all(
                        gateway.endedSessions().follow(vertx, gateway.bus()),
                        gateway.limits().share(vertx, gateway.bus()),
                        turns.open())
                .compose(following -> vertx.createHttpServer(options)
                        .connectionHandler(connection -> accept(connection, deadlines, http2))
                        .invalidRequestHandler(this::answerUnreadable)
                        .requestHandler(requests)
                        .listen())
                .onSuccess(listening -> {
                    server = listening;
                    if (gateway.tls() != null) gateway.tls().follow(vertx, listening, options);
                });
    }

    @Override
    public Future<?> stop() {
        turns.close();
        changes.close();
        if (server == null || deadlines == null) return Future.succeededFuture();
        isStopping = true;
        var listening = server;
        // The other half is for connections that are always in use. They have to get their GOAWAY in the middle of it.
        var half = gateway.settings().shutdownTimeout().dividedBy(2);
        return deadlines
                .http2()
                .closeAll(half)
                .compose(closed -> listening.shutdown(half.toMillis(), TimeUnit.MILLISECONDS));
    }

    // Of the whole server, or of this instance.
    private boolean isEnding() {
        return isStopping || gateway.isDraining();
    }

    private Router router(ConnectionDeadlines deadlines) {
        var router = Router.router(vertx);
        var origins = gateway.settings().corsOrigins();
        if (!origins.isEmpty()) router.route().handler(new CrossOriginRequests(origins));
        router.route().handler(this::refuseTrailingSlash);
        gateway.mount(router, vertx, deadlines, turns, changes);
        router.route().handler(context -> Problems.answer(context.request(), "", HttpError.noSuchPath()));
        router.route().failureHandler(GatewayVerticle::answerFailure);
        return underPrefix(router, gateway.settings().origin().prefix());
    }

    // Some proxies take the prefix of the public URL away, others do not.
    private Router underPrefix(Router router, String prefix) {
        if (prefix.isEmpty()) return router;
        var outer = Router.router(vertx);
        outer.route(prefix + "/*").subRouter(router);
        outer.route("/*").subRouter(router);
        return outer;
    }

    private void accept(HttpConnection connection, ConnectionDeadlines deadlines, ClearTextHttp2 http2) {
        StrictRequestDecoder.install(connection, options);
        StrictHttp2Methods.install(connection);
        http2.offer(connection);
        deadlines.connectionOpened(connection);
    }

    private void handle(HttpServerRequest request, ConnectionDeadlines deadlines, Handler<HttpServerRequest> router) {
        // After a malformed request, the next one on the connection may have been smuggled in with it.
        if (!deadlines.isTracked(request.connection())) return;
        RequestId.assign(request);
        var exchange = observe(request);
        deadlines.requestStarted(request, () -> {
            exchange.ended();
            if (isEnding()) deadlines.http2().closeIfUnused(request);
        });
        request.response().headersEndHandler(ending -> {
            gateway.challenges().complete(request);
            exchange.answering();
        });
        if (gateway.settings().origin().isSecure()) SecurityHeaders.requireHttps(request.response());
        if (isEnding()) closeAfterAnswer(request);
        try {
            RequestGuard.check(request);
        } catch (HttpError error) {
            deadlines.stopTracking(request);
            exchange.refused();
            gateway.refuse(request, error);
            return;
        }
        route(request, exchange, router);
    }

    private Exchange observe(HttpServerRequest request) {
        var origin = gateway.settings().origin();
        return Exchange.begin(request, origin.prefix(), () -> origin.proxies().client(request));
    }

    private void route(HttpServerRequest request, Exchange exchange, Handler<HttpServerRequest> router) {
        try {
            gateway.hosts().check(request);
            router.handle(request);
        } catch (HttpError error) {
            exchange.refused();
            gateway.refuse(request, error);
        }
    }

    // The router would treat /tasks/ like /tasks, so that an id left empty would answer with the list.
    private void refuseTrailingSlash(RoutingContext context) {
        var request = context.request();
        if (String.valueOf(request.path()).endsWith("/") && !gateway.webApp().hasPage(request))
            gateway.refuse(request, HttpError.noSuchPath());
        else context.next();
    }

    // So that the client does not send its next request on a connection that is about to close. HTTP/2 has no such
    // header: its connections get a GOAWAY once they are not in use.
    private void closeAfterAnswer(HttpServerRequest request) {
        if (Http2Connections.carry(request)) return;
        request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        request.connection().shutdown(gateway.settings().shutdownTimeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void answerUnreadable(HttpServerRequest request) {
        RequestId.assign(request);
        var exchange = observe(request);
        exchange.refused();
        request.response().endHandler(ended -> exchange.ended());
        gateway.refuse(request, HttpError.unreadable(request.decoderResult().cause()));
    }

    private static void answerFailure(RoutingContext context) {
        var failure = context.failure();
        Problems.answer(context.request(), "", failure == null ? HttpError.noSuchPath() : failure);
    }
}
