package io.parley.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.users.Sessions;
import io.parley.contracts.users.Sessions.Ended;
import io.parley.contracts.users.Users;
import io.parley.gateway.Fixtures;
import io.parley.gateway.TestGateway;
import io.parley.kernel.Bus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EndedSessionsTest {
    private static final String ME = "/api/v1/users/me";

    @Test
    void refusesTheTokenOfASessionAsSoonAsItsEndIsAnswered() {
        try (var gateway = TestGateway.open()) {
            answerMe(gateway.bus);
            assertThat(gateway.get(ME).statusCode()).isEqualTo(200);

            logOut(gateway, Fixtures.ADAS_SESSION);

            assertThat(gateway.get(ME).statusCode()).isEqualTo(401);
        }
    }

    @Test
    void acceptsTheTokensOfOtherSessions() {
        try (var gateway = TestGateway.open()) {
            answerMe(gateway.bus);

            logOut(gateway, UUID.randomUUID());

            assertThat(gateway.get(ME).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void refusesTheTokenOfASessionThatEndedElsewhere() {
        try (var gateway = TestGateway.open()) {
            answerMe(gateway.bus);
            assertThat(gateway.get(ME).statusCode()).isEqualTo(200);

            gateway.bus.publish(Sessions.ENDED, new Ended(List.of(Fixtures.ADAS_SESSION)));

            assertThat(statusAfter(200, gateway)).isEqualTo(401);
        }
    }

    @Test
    void refusesTheTokenOfASessionThatEndedBeforeTheProcessStarted() {
        try (var gateway = TestGateway.withoutModules()) {
            answerMe(gateway.bus);

            TestGateway.await(gateway.bus.answer(
                    Sessions.RECENTLY_ENDED,
                    recent -> Future.succeededFuture(new Ended(List.of(Fixtures.ADAS_SESSION)))));

            assertThat(statusAfter(503, gateway)).isEqualTo(401);
        }
    }

    @Test
    void areLoadedBeforeTheGatewayListens() {
        try (var gateway = TestGateway.open(TestGateway.SETTINGS, bus -> {
            answerMe(bus);
            TestGateway.await(bus.answer(
                    Sessions.RECENTLY_ENDED,
                    recent -> vertx().timer(200, TimeUnit.MILLISECONDS).map(new Ended(List.of()))));
        })) {
            assertThat(gateway.get(ME).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void acceptsNoTokenBeforeEndedSessionsAreLoaded() {
        try (var gateway = TestGateway.withoutModules()) {
            var response = gateway.get(ME);
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("Retry-After")).isPresent();
        }
    }

    @Test
    void areRememberedForAsLongAsTheTokenOfANodeWhoseClockIsFastIsAccepted() {
        var asked = new CompletableFuture<Duration>();
        try (var gateway = TestGateway.open(TestGateway.SETTINGS, bus -> {
            answerMe(bus);
            TestGateway.await(bus.answer(Sessions.RECENTLY_ENDED, recent -> {
                asked.complete(recent.within());
                return Future.succeededFuture(new Ended(List.of()));
            }));
        })) {
            assertThat(gateway.get(ME).statusCode()).isEqualTo(200);
            assertThat(asked.join())
                    .isEqualTo(TestGateway.SETTINGS.tokens().lifetime().plusSeconds(60));
        }
    }

    private static void answerMe(Bus bus) {
        TestGateway.await(bus.answer(Users.FIND, find -> Future.succeededFuture(Fixtures.adasAccount)));
    }

    private static void logOut(TestGateway gateway, UUID session) {
        TestGateway.await(
                gateway.bus.answer(Sessions.LOGOUT, logout -> Future.succeededFuture(new Ended(List.of(session)))));
        var logout = gateway.send("POST", "/api/v1/auth/logout", "{\"refresh_token\":\"the refresh token\"}");
        assertThat(logout.statusCode()).isEqualTo(204);
        assertThat(logout.body()).isEmpty();
    }

    private static int statusAfter(int before, TestGateway gateway) {
        int status;
        do status = gateway.get(ME).statusCode();
        while (status == before);
        return status;
    }

    private static Vertx vertx() {
        return Objects.requireNonNull(Vertx.currentContext()).owner();
    }
}
