package io.parley.gateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.users.Users;
import io.parley.gateway.Fixtures;
import io.parley.gateway.TestGateway;
import io.parley.kernel.Problem;
import io.vertx.core.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The node that received the request stops before it answers. */
class DispatcherTest {
    private final AtomicInteger received = new AtomicInteger();

    @Test
    void repeatsAReadIfItsNodeIsLost() {
        try (var gateway = TestGateway.open()) {
            TestGateway.await(gateway.bus.answer(
                    Users.FIND,
                    find -> received.incrementAndGet() == 1
                            ? Future.failedFuture(Problem.lost())
                            : Future.succeededFuture(Fixtures.adasAccount)));

            assertThat(gateway.get("/api/v1/users/me").statusCode()).isEqualTo(200);
            assertThat(received).hasValue(2);
        }
    }

    @Test
    void answers504IfTheSecondNodeIsLostToo() {
        try (var gateway = TestGateway.open()) {
            TestGateway.await(gateway.bus.answer(Users.FIND, find -> {
                received.incrementAndGet();
                return Future.failedFuture(Problem.lost());
            }));

            assertThat(gateway.get("/api/v1/users/me").statusCode()).isEqualTo(504);
            assertThat(received).hasValue(2);
        }
    }

    @Test
    void doesNotRepeatAWriteIfItsNodeIsLost() {
        try (var gateway = TestGateway.open()) {
            TestGateway.await(gateway.bus.answer(Users.UPDATE, update -> {
                received.incrementAndGet();
                return Future.failedFuture(Problem.lost());
            }));

            var response = gateway.send("PATCH", "/api/v1/users/me", "{\"name\":\"Ada\"}");

            assertThat(response.statusCode()).isEqualTo(504);
            assertThat(received).hasValue(1);
        }
    }
}
