package io.parley.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.Health;
import io.parley.contracts.users.Sessions;
import io.parley.contracts.users.Sessions.Ended;
import io.parley.gateway.TestGateway;
import io.parley.kernel.None;
import io.vertx.core.Future;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthRoutesTest {
    @Test
    void isReadyWhenAllModulesAre() {
        try (var house = TestGateway.open()) {
            var response = house.send(house.request("/health/ready"));
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body())
                    .isEqualTo(
                            "{\"status\":\"up\",\"checks\":{\"users\":\"up\",\"conversations\":\"up\",\"messages\":\"up\",\"tasks\":\"up\",\"idempotency\":\"up\",\"changes\":\"up\",\"assistant\":\"up\"}}");
        }
    }

    @Test
    void isNotReadyWhenAModuleIsNot() {
        try (var house = TestGateway.empty()) {
            TestGateway.done(
                    house.bus.answer(Sessions.RECENTLY_ENDED, recent -> Future.succeededFuture(new Ended(List.of()))));
            TestGateway.done(house.bus.answer(Health.of("users"), check -> Future.succeededFuture(None.NONE)));
            var response = house.send(house.request("/health/ready"));
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
            assertThat(response.headers().firstValue("Retry-After")).isPresent();
            assertThat(response.body())
                    .startsWith("{\"status\":\"down\",\"checks\":{\"users\":\"up\",\"conversations\":\"down\"");
        }
    }

    @Test
    void isNotReadyBeforeItKnowsWhichSessionsEnded() {
        try (var house = TestGateway.empty()) {
            for (var module : Health.MODULES)
                TestGateway.done(house.bus.answer(Health.of(module), check -> Future.succeededFuture(None.NONE)));
            assertThat(house.send(house.request("/health/ready")).statusCode()).isEqualTo(503);
        }
    }

    @Test
    void isNotReadyButAliveWhileItDrains() {
        try (var house = TestGateway.open()) {
            house.gateway.drain();
            assertThat(house.send(house.request("/health/ready")).statusCode()).isEqualTo(503);
            var live = house.send(house.request("/health/live"));
            assertThat(live.statusCode()).isEqualTo(200);
            assertThat(live.body()).isEqualTo("{\"status\":\"up\"}");
        }
    }

    @Test
    void sendsItsClientsElsewhereWhileItDrains() {
        try (var house = TestGateway.open()) {
            house.gateway.drain();
            assertThat(house.untilClosed("GET /health/live HTTP/1.1\r\nHost: parley\r\n\r\n"))
                    .startsWith("HTTP/1.1 200 ")
                    .containsIgnoringCase("connection: close");
        }
    }
}
