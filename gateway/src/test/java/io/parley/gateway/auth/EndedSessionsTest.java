package io.parley.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.users.Sessions;
import io.parley.contracts.users.Sessions.Ended;
import io.parley.contracts.users.Users;
import io.parley.gateway.Callers;
import io.parley.gateway.Gateway;
import io.parley.gateway.TestGateway;
import io.parley.kernel.Bus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EndedSessionsTest {
    @Test
    void refusesTheTokenOfASessionAsSoonAsItsEndIsAnswered() {
        try (var house = TestGateway.open()) {
            TestGateway.done(house.bus.answer(Users.FIND, find -> Future.succeededFuture(Callers.adasAccount)));
            TestGateway.done(house.bus.answer(
                    Sessions.LOGOUT, logout -> Future.succeededFuture(new Ended(List.of(Callers.ADAS_SESSION)))));
            assertThat(house.get("/api/v1/users/me").statusCode()).isEqualTo(200);

            var logout = house.send("POST", "/api/v1/auth/logout", "{\"refresh_token\":\"the refresh token\"}");
            assertThat(logout.statusCode()).isEqualTo(204);
            assertThat(logout.body()).isEmpty();

            assertThat(house.get("/api/v1/users/me").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void refusesTheTokenOfASessionThatEndedElsewhere() throws InterruptedException {
        try (var house = TestGateway.open()) {
            TestGateway.done(house.bus.answer(Users.FIND, find -> Future.succeededFuture(Callers.adasAccount)));
            var heard = new CountDownLatch(1);
            TestGateway.done(house.bus.subscribe(Sessions.ENDED, ended -> heard.countDown()));
            house.bus.publish(Sessions.ENDED, new Ended(List.of(Callers.ADAS_SESSION)));
            assertThat(heard.await(10, TimeUnit.SECONDS)).isTrue();
            while (!house.gateway.ended().contains(Callers.ADAS_SESSION)) Thread.onSpinWait();

            assertThat(house.get("/api/v1/users/me").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void refusesTheTokenOfASessionThatEndedBeforeTheProcessBegan() {
        try (var house = TestGateway.empty()) {
            TestGateway.done(house.bus.answer(
                    Sessions.RECENTLY_ENDED,
                    recent -> Future.succeededFuture(new Ended(List.of(Callers.ADAS_SESSION)))));
            while (!house.gateway.isOpen()) Thread.onSpinWait();

            assertThat(house.get("/api/v1/users/me").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void letsNobodyInWhileItAsksWhatEnded() {
        var vertx = Vertx.vertx();
        try {
            var bus = new Bus(vertx, Duration.ofSeconds(10));
            var gateway = new Gateway(vertx, bus, TestGateway.PATIENT);
            TestGateway.done(bus.answer(
                    Sessions.RECENTLY_ENDED,
                    recent -> vertx.timer(200, TimeUnit.MILLISECONDS).map(new Ended(List.of()))));
            TestGateway.done(vertx.deployVerticle(gateway.verticle()));

            assertThat(gateway.isOpen()).isTrue();
        } finally {
            TestGateway.done(vertx.close());
        }
    }

    @Test
    void trustsNoTokenBeforeItKnowsWhatEnded() {
        try (var house = TestGateway.empty()) {
            var response = house.get("/api/v1/users/me");
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("Retry-After")).isPresent();
        }
    }

    @Test
    void leavesOtherSessionsAlone() {
        try (var house = TestGateway.open()) {
            TestGateway.done(house.bus.answer(Users.FIND, find -> Future.succeededFuture(Callers.adasAccount)));
            house.gateway.ended().note(new Ended(List.of(UUID.randomUUID())));
            assertThat(house.get("/api/v1/users/me").statusCode()).isEqualTo(200);
        }
    }
}
