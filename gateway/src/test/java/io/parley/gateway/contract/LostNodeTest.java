package io.parley.gateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.users.Users;
import io.parley.gateway.Callers;
import io.parley.gateway.TestGateway;
import io.parley.kernel.Problem;
import io.vertx.core.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The node that was asked goes away before it answers. */
class LostNodeTest {
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void isNotNoticedByReadsThatAnotherNodeAnswers() {
        try (var house = TestGateway.open()) {
            TestGateway.done(house.bus.answer(
                    Users.FIND,
                    find -> asked.incrementAndGet() == 1
                            ? Future.failedFuture(Problem.lost())
                            : Future.succeededFuture(Callers.adasAccount)));

            assertThat(house.get("/api/v1/users/me").statusCode()).isEqualTo(200);
            assertThat(asked).hasValue(2);
        }
    }

    @Test
    void isToldWhereTheNextOneIsLostToo() {
        try (var house = TestGateway.open()) {
            TestGateway.done(house.bus.answer(Users.FIND, find -> {
                asked.incrementAndGet();
                return Future.failedFuture(Problem.lost());
            }));

            assertThat(house.get("/api/v1/users/me").statusCode()).isEqualTo(504);
            assertThat(asked).hasValue(2);
        }
    }

    @Test
    void isToldToWritesOfWhichNobodyKnowsWhatCame() {
        try (var house = TestGateway.open()) {
            TestGateway.done(house.bus.answer(Users.UPDATE, update -> {
                asked.incrementAndGet();
                return Future.failedFuture(Problem.lost());
            }));

            var response = house.send("PATCH", "/api/v1/users/me", "{\"name\":\"Ada\"}");

            assertThat(response.statusCode()).isEqualTo(504);
            assertThat(asked).hasValue(1);
        }
    }
}
