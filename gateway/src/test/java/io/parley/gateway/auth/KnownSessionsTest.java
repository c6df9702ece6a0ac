package io.parley.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.users.Sessions;
import io.parley.gateway.Fixtures;
import io.parley.gateway.TestGateway;
import io.parley.gateway.contract.Identity;
import io.parley.gateway.http.HttpError;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.None;
import io.parley.kernel.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KnownSessionsTest {
    private final Vertx vertx = Vertx.vertx();
    private final Bus bus = new Bus(vertx, Duration.ofSeconds(10));
    private final KnownSessions known = new KnownSessions(bus);
    private final List<Sessions.Check> lookups = new CopyOnWriteArrayList<>();

    @BeforeEach
    void answer() {
        TestGateway.await(bus.answer(Sessions.CHECK, query -> {
            lookups.add(query);
            return query.caller().equals(Fixtures.ada) && query.sessionId().equals(Fixtures.ADAS_SESSION)
                    ? Future.succeededFuture(None.NONE)
                    : Future.failedFuture(Problem.unauthenticated("There is no such session."));
        }));
    }

    @AfterEach
    void close() {
        TestGateway.await(vertx.close());
    }

    @Test
    void areLookedUpOnce() {
        for (int i = 0; i < 3; i++)
            assertThat(require(Fixtures.ada, Fixtures.ADAS_SESSION).succeeded()).isTrue();

        assertThat(lookups).containsExactly(new Sessions.Check(Fixtures.ada, Fixtures.ADAS_SESSION));
    }

    @Test
    void belongToOneUser() {
        require(Fixtures.ada, Fixtures.ADAS_SESSION);

        assertThat(require(Fixtures.grace, Fixtures.ADAS_SESSION).cause())
                .isInstanceOfSatisfying(
                        HttpError.class, error -> assertThat(error.status()).isEqualTo(401));
    }

    @Test
    void areLookedUpAgainIfTheyWereUnknown() {
        var session = UUID.randomUUID();
        require(Fixtures.ada, session);
        require(Fixtures.ada, session);

        assertThat(lookups).hasSize(2);
    }

    private Future<Identity> require(Caller caller, UUID session) {
        var checked = known.require(new Identity(caller, session, Instant.now()));
        TestGateway.await(checked.otherwiseEmpty());
        return checked;
    }
}
