package io.parley.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.Health;
import io.parley.contracts.users.Sessions;
import io.parley.contracts.users.Sessions.Ended;
import io.parley.gateway.TestGateway;
import io.parley.kernel.None;
import io.vertx.core.Future;
import java.net.http.HttpClient.Version;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthRoutesTest {
    @Test
    void isReadyIfAllModulesAre() {
        try (var gateway = TestGateway.open()) {
            var response = gateway.send(gateway.request("/health/ready"));
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body())
                    .isEqualTo(
                            "{\"status\":\"up\",\"checks\":{\"users\":\"up\",\"conversations\":\"up\",\"messages\":\"up\",\"tasks\":\"up\",\"files\":\"up\",\"idempotency\":\"up\",\"changes\":\"up\",\"audit\":\"up\",\"webhooks\":\"up\",\"assistant\":\"up\"}}");
        }
    }

    @Test
    void isNotReadyIfAModuleIsNot() {
        try (var gateway = TestGateway.withoutModules()) {
            TestGateway.await(gateway.bus.answer(
                    Sessions.RECENTLY_ENDED, recent -> Future.succeededFuture(new Ended(List.of()))));
            TestGateway.await(gateway.bus.answer(Health.of("users"), check -> Future.succeededFuture(None.NONE)));
            var response = gateway.send(gateway.request("/health/ready"));
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
            assertThat(response.headers().firstValue("Retry-After")).isPresent();
            assertThat(response.body())
                    .startsWith("{\"status\":\"down\",\"checks\":{\"users\":\"up\",\"conversations\":\"down\"");
        }
    }

    @Test
    void isNotReadyBeforeEndedSessionsAreLoaded() {
        try (var gateway = TestGateway.withoutModules()) {
            for (var module : Health.MODULES)
                TestGateway.await(gateway.bus.answer(Health.of(module), check -> Future.succeededFuture(None.NONE)));
            assertThat(gateway.send(gateway.request("/health/ready")).statusCode())
                    .isEqualTo(503);
        }
    }

    @Test
    void isNotReadyButAliveWhileItDrains() {
        try (var gateway = TestGateway.open()) {
            gateway.shared.drain();
            assertThat(gateway.send(gateway.request("/health/ready")).statusCode())
                    .isEqualTo(503);
            // On a connection of its own: this client may take the one that is being closed.
            var live = gateway.send(gateway.request("/health/live").version(Version.HTTP_1_1));
            assertThat(live.statusCode()).isEqualTo(200);
            assertThat(live.body()).isEqualTo("{\"status\":\"up\"}");
        }
    }

    @Test
    void closesConnectionsAfterTheirAnswerWhileItDrains() {
        try (var gateway = TestGateway.open()) {
            gateway.shared.drain();
            assertThat(gateway.sendRaw("GET /health/live HTTP/1.1\r\nHost: parley\r\n\r\n"))
                    .startsWith("HTTP/1.1 200 ")
                    .containsIgnoringCase("connection: close");
        }
    }
}
