package io.parley.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.Health;
import io.parley.gateway.TestGateway;
import io.parley.kernel.Bus;
import io.parley.kernel.None;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ManagementVerticleTest {
    private final Vertx vertx = Vertx.vertx();
    private final Bus bus = new Bus(vertx, Duration.ofSeconds(5));
    private volatile boolean isOpen;
    private final ManagementVerticle management =
            new ManagementVerticle(bus, "127.0.0.1", 0, List.of("tasks"), () -> isOpen, type -> "page as " + type);

    @BeforeEach
    void open() {
        TestGateway.await(bus.answer(Health.of("tasks"), check -> Future.succeededFuture(None.NONE)));
        TestGateway.await(vertx.deployVerticle(management));
    }

    @AfterEach
    void close() {
        TestGateway.await(vertx.close());
    }

    @Test
    void isReadyOnceTheProcessIs() throws Exception {
        assertThat(get("/health/live").body()).isEqualTo("{\"status\":\"up\"}");
        assertThat(get("/health/ready").statusCode()).isEqualTo(503);

        isOpen = true;

        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void writesMetricsAsTheClientWants() throws Exception {
        assertThat(get("/metrics").body()).startsWith("page as text/plain; version=0.0.4");
        assertThat(send(request("/metrics").header("Accept", "application/openmetrics-text;q=0.9,text/plain;q=0.1"))
                        .body())
                .startsWith("page as application/openmetrics-text");
        var head = send(request("/metrics").method("HEAD", BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
    }

    @Test
    void answersNothingElse() throws Exception {
        assertThat(get("/api/v1/users/me").statusCode()).isEqualTo(404);
        assertThat(get("/metrics/").statusCode()).isEqualTo(404);
        var deleted = send(request("/metrics").DELETE());
        assertThat(deleted.statusCode()).isEqualTo(405);
        assertThat(deleted.headers().firstValue("Allow")).hasValue("GET, HEAD");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(request(path));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + management.port() + path))
                .timeout(Duration.ofSeconds(20));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request.build(), BodyHandlers.ofString());
    }
}
