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
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthVerticleTest {
    private final Vertx vertx = Vertx.vertx();
    private final Bus bus = new Bus(vertx, Duration.ofSeconds(5));
    private final HealthVerticle health = new HealthVerticle(bus, "127.0.0.1", 0, null, List.of("tasks"));

    @BeforeEach
    void open() {
        TestGateway.await(vertx.deployVerticle(health));
    }

    @AfterEach
    void close() {
        TestGateway.await(vertx.close());
    }

    @Test
    void isReadyIfTheModulesOfItsProcessAre() throws Exception {
        assertThat(get("/health/ready").statusCode()).isEqualTo(503);

        TestGateway.await(bus.answer(Health.of("tasks"), check -> Future.succeededFuture(None.NONE)));

        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
        assertThat(get("/health/ready").body()).isEqualTo("{\"status\":\"up\",\"checks\":{\"tasks\":\"up\"}}");
    }

    @Test
    void isNotReadyButAliveWhileItDrains() throws Exception {
        TestGateway.await(bus.answer(Health.of("tasks"), check -> Future.succeededFuture(None.NONE)));
        health.drain();

        assertThat(get("/health/ready").statusCode()).isEqualTo(503);
        assertThat(get("/health/live").body()).isEqualTo("{\"status\":\"up\"}");
    }

    @Test
    void answersNothingElse() throws Exception {
        assertThat(get("/api/v1/users/me").statusCode()).isEqualTo(404);
        assertThat(send(request("/health/live").DELETE()).statusCode()).isEqualTo(405);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(request(path));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + health.port() + path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }
}
