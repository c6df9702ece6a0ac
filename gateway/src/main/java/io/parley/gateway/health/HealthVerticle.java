package io.parley.gateway.health;

import io.parley.gateway.contract.Responses;
import io.parley.gateway.health.HealthRoutes.Liveness;
import io.parley.gateway.http.HttpError;
import io.parley.gateway.http.Problems;
import io.parley.kernel.Bus;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says how a process is that has no gateway, at the same paths, and answers nothing else. */
public final class HealthVerticle extends VerticleBase {
    private static final int IDLE_SECONDS = 60;

    private final HealthChecks checks;
    private final HttpServerOptions options;
    private volatile boolean draining;
    private @Nullable HttpServer server;

    /** @param modules those that answer in this process */
    public HealthVerticle(Bus bus, String host, int port, List<String> modules) {
        this.checks = new HealthChecks(bus, modules);
        this.options = new HttpServerOptions()
                .setHost(host)
                .setPort(port)
                .setHttp2ClearTextEnabled(false)
                .setIdleTimeout(IDLE_SECONDS);
    }

    /** The port that it listens on, once it is deployed. */
    public int port() {
        if (server == null) throw new IllegalStateException("not deployed");
        return server.actualPort();
    }

    /** From now on the process says that it is not ready. */
    public void drain() {
        draining = true;
    }

    @Override
    public Future<?> start() {
        return vertx.createHttpServer(options)
                .requestHandler(this::answer)
                .listen()
                .onSuccess(listening -> server = listening);
    }

    private void answer(HttpServerRequest request) {
        switch (String.valueOf(request.path())) {
            case "/health/live" -> get(request, Future.succeededFuture(Liveness.UP));
            case "/health/ready" -> get(request, checks.readiness(() -> !draining));
            default -> Problems.answer(request, "", HttpError.noSuchPath());
        }
    }

    private static void get(HttpServerRequest request, Future<? extends Record> health) {
        if (request.method().equals(HttpMethod.GET))
            health.onSuccess(state -> Responses.of(state).write(request.response()));
        else Problems.answer(request, "", HttpError.noSuchMethod("GET"));
    }
}
