package io.parley.gateway.health;

import io.parley.gateway.http.Answer;
import io.parley.gateway.http.HttpError;
import io.parley.gateway.http.Problems;
import io.parley.kernel.Bus;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Metrics and health for operators, on a port that clients do not reach. Everything else is 404. */
public final class ManagementVerticle extends VerticleBase {
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OPEN_METRICS = "application/openmetrics-text";
    private static final String OPEN_METRICS_TYPE = OPEN_METRICS + "; version=1.0.0; charset=utf-8";
    private static final int IDLE_SECONDS = 60;

    private final HealthChecks checks;
    private final HttpServerOptions options;
    private final BooleanSupplier isOpen;
    private final UnaryOperator<String> metrics;
    private @Nullable HttpServer server;

    /**
     * @param modules whose health is that of this process
     * @param isOpen whether the process itself is ready for requests
     * @param metrics makes the page of a content type; may block
     */
    public ManagementVerticle(
            Bus bus,
            String host,
            int port,
            List<String> modules,
            BooleanSupplier isOpen,
            UnaryOperator<String> metrics) {
        this.checks = new HealthChecks(bus, modules);
        this.isOpen = isOpen;
        this.metrics = metrics;
        this.options = new HttpServerOptions()
                .setHost(host)
                .setPort(port)
                .setHttp2ClearTextEnabled(false)
                .setIdleTimeout(IDLE_SECONDS);
    }

    /** The port that it listens on. To be called after the deployment. */
    public int port() {
        if (server == null) throw new IllegalStateException("not deployed");
        return server.actualPort();
    }

    @Override
    public Future<?> start() {
        return vertx.createHttpServer(options)
                .requestHandler(this::answer)
                .listen()
                .onSuccess(listening -> server = listening);
    }

    private void answer(HttpServerRequest request) {
        var path = String.valueOf(request.path());
        if (!List.of("/metrics", "/health/live", "/health/ready").contains(path))
            Problems.answer(request, "", HttpError.noSuchPath());
        else if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD))
            Problems.answer(request, "", HttpError.methodNotAllowed("GET, HEAD"));
        else answer(request, path);
    }

    private void answer(HttpServerRequest request, String path) {
        switch (path) {
            case "/health/live" -> Answer.json(200, Liveness.UP).write(request.response());
            case "/health/ready" ->
                checks.readiness(isOpen).onSuccess(ready -> ready.answer().write(request.response()));
            default -> answerMetrics(request);
        }
    }

    // Some meters read files, and a page takes some milliseconds to write.
    private void answerMetrics(HttpServerRequest request) {
        var accept = request.getHeader(HttpHeaders.ACCEPT);
        var type = accept != null && accept.contains(OPEN_METRICS) ? OPEN_METRICS_TYPE : TEXT;
        vertx.executeBlocking(() -> Buffer.buffer(metrics.apply(type)))
                .onSuccess(page -> send(request, type, page))
                .onFailure(failure -> Problems.answer(request, "", failure));
    }

    private static void send(HttpServerRequest request, String type, Buffer page) {
        var response = request.response().putHeader(HttpHeaders.CONTENT_TYPE, type);
        if (request.method().equals(HttpMethod.HEAD))
            response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(page.length()))
                    .end();
        else response.end(page);
    }
}
