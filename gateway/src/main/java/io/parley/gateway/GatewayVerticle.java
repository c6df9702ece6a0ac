package io.parley.gateway;

import io.parley.gateway.http.ConnectionDeadlines;
import io.parley.gateway.http.HttpError;
import io.parley.gateway.http.Problems;
import io.parley.gateway.http.RequestGuard;
import io.parley.gateway.http.StrictRequestDecoder;
import io.parley.gateway.streams.ChangeFeed;
import io.parley.gateway.streams.TurnFeed;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Listens for HTTP. When it is undeployed, the requests in flight may finish. */
public final class GatewayVerticle extends VerticleBase {
    private static final int MAX_HEAD_BYTES = 16 * 1024;
    private static final int MAX_LINE_BYTES = 8 * 1024;

    private final Gateway gateway;
    private final HttpServerOptions options;
    private final TurnFeed turns;
    private final ChangeFeed changes;
    private @Nullable HttpServer server;

    GatewayVerticle(Gateway gateway) {
        this.gateway = gateway;
        this.turns = new TurnFeed(gateway.bus());
        this.changes = new ChangeFeed(gateway.bus());
        this.options = new HttpServerOptions()
                .setHost(gateway.settings().host())
                .setPort(gateway.settings().port())
                .setHttp2ClearTextEnabled(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setHandle100ContinueAutomatically(true)
                .setMaxHeaderSize(MAX_HEAD_BYTES)
                .setMaxInitialLineLength(MAX_LINE_BYTES);
    }

    /** The port that it listens on, once it is deployed. */
    public int port() {
        if (server == null) throw new IllegalStateException("not deployed");
        return server.actualPort();
    }

    @Override
    public Future<?> start() {
        var deadlines = new ConnectionDeadlines(vertx, gateway.settings());
        var router = router(deadlines);
        changes.open(vertx);
        return Future.all(gateway.ended().follow(vertx, gateway.bus()), turns.open())
                .compose(following -> vertx.createHttpServer(options)
                        .connectionHandler(connection -> open(connection, deadlines))
                        .invalidRequestHandler(GatewayVerticle::refuse)
                        .requestHandler(request -> enter(request, deadlines, router))
                        .listen())
                .onSuccess(listening -> server = listening);
    }

    @Override
    public Future<?> stop() {
        turns.close();
        changes.close();
        return server == null
                ? Future.succeededFuture()
                : server.shutdown(gateway.settings().shutdownTimeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    private Router router(ConnectionDeadlines deadlines) {
        var router = Router.router(vertx);
        gateway.operations(vertx, deadlines, turns, changes).mount(router);
        gateway.docs().mount(router);
        router.route().handler(context -> Problems.answer(context.request(), "", HttpError.noSuchPath()));
        router.route().failureHandler(GatewayVerticle::fail);
        return router;
    }

    private void open(HttpConnection connection, ConnectionDeadlines deadlines) {
        StrictRequestDecoder.keep(connection, options);
        deadlines.open(connection);
    }

    private void enter(HttpServerRequest request, ConnectionDeadlines deadlines, Handler<HttpServerRequest> router) {
        // Behind a request that was refused there may already be the one that was smuggled in with it.
        if (!deadlines.isOpen(request.connection())) return;
        deadlines.begin(request);
        if (gateway.isDraining()) partAfter(request);
        try {
            RequestGuard.check(request);
            // The router would take /tasks/ for /tasks, and an id that was left empty for the list.
            if (endsInSlash(String.valueOf(request.path()))) Problems.answer(request, "", HttpError.noSuchPath());
            else router.handle(request);
        } catch (HttpError refusal) {
            deadlines.abandon(request.connection());
            Problems.answer(request, "", refusal);
        }
    }

    private static boolean endsInSlash(String path) {
        return path.length() > 1 && path.endsWith("/");
    }

    // The client's next request goes elsewhere then, and meets no connection that is just being closed.
    private void partAfter(HttpServerRequest request) {
        request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        request.connection().shutdown(gateway.settings().shutdownTimeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    // Vert.x could not read it as a request.
    private static void refuse(HttpServerRequest request) {
        Problems.answer(
                request, "", HttpError.unreadable(request.decoderResult().cause()));
    }

    private static void fail(RoutingContext context) {
        var failure = context.failure();
        Problems.answer(context.request(), "", failure == null ? HttpError.noSuchPath() : failure);
    }
}
