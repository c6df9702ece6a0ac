package io.parley.gateway.health;

import io.parley.gateway.http.Answer;
import io.parley.gateway.http.HttpError;
import io.parley.gateway.http.Problems;
import io.parley.gateway.tls.ServerTls;
import io.parley.kernel.Bus;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The health of a process without a gateway, at the same paths. Everything else is 404. */
public final class HealthVerticle extends VerticleBase {
    private static final int IDLE_SECONDS = 60;

    private final HealthChecks checks;
    private final HttpServerOptions options;
    private final @Nullable ServerTls tls;
    private volatile boolean isDraining;
    private @Nullable HttpServer server;

    /**
     * @param tls null for clear text
     * @param modules the modules that run in this process
     */
    public HealthVerticle(Bus bus, String host, int port, @Nullable ServerTls tls, List<String> modules) {
        this.tls = tls;
        this.checks = new HealthChecks(bus, modules);
        this.options = new HttpServerOptions()
                .setHost(host)
                .setPort(port)
                .setHttp2ClearTextEnabled(false)
                .setIdleTimeout(IDLE_SECONDS);
        if (tls != null) tls.configure(options);
    }

    /** The port that it listens on. To be called after the deployment. */
    public int port() {
        if (server == null) throw new IllegalStateException("not deployed");
        return server.actualPort();
    }

    /** From now on the process reports that it is not ready. */
    public void drain() {
        isDraining = true;
    }

    public boolean isOpen() {
        return !isDraining;
    }

    @Override
    public Future<?> start() {
        return vertx.createHttpServer(options)
                .requestHandler(this::answer)
                .listen()
                .onSuccess(listening -> {
                    server = listening;
                    if (tls != null) tls.follow(vertx, listening, options);
                });
    }

    private void answer(HttpServerRequest request) {
        switch (String.valueOf(request.path())) {
            case "/health/live" -> get(request, Future.succeededFuture(Answer.json(200, Liveness.UP)));
            case "/health/ready" ->
                get(request, checks.readiness(() -> !isDraining).map(Readiness::answer));
            default -> Problems.answer(request, "", HttpError.noSuchPath());
        }
    }

    private static void get(HttpServerRequest request, Future<Answer> health) {
        if (request.method().equals(HttpMethod.GET)) health.onSuccess(answer -> answer.write(request.response()));
        else Problems.answer(request, "", HttpError.methodNotAllowed("GET"));
    }
}
