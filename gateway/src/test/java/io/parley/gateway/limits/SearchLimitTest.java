package io.parley.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.gateway.Fixtures;
import io.parley.gateway.TestGateway;
import io.parley.kernel.Problem;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SearchLimitTest {
    private final Vertx vertx = Vertx.vertx();
    private final SearchLimit limit = new SearchLimit(vertx, 2);
    private final Promise<String> hit = Promise.promise();
    private final AtomicInteger started = new AtomicInteger();

    @AfterEach
    void close() {
        TestGateway.await(vertx.close());
    }

    @Test
    void letsTheOthersWaitAndRefusesTheThirteenth() {
        List<Future<String>> searches =
                new ArrayList<>(Stream.generate(this::search).limit(12).toList());

        assertThat(started).hasValue(2);
        refuses(search());
        assertThat(TestGateway.await(limit.run(Fixtures.grace.userId(), () -> Future.succeededFuture("hers"))))
                .isEqualTo("hers");
        hit.complete("hit");

        assertThat(TestGateway.await(Future.all(searches)).<String>list())
                .hasSize(12)
                .containsOnly("hit");
        assertThat(started).hasValue(12);
    }

    @Test
    void refusesTheOneThatHasWaitedTooLong() {
        search();
        search();

        refuses(search());
        assertThat(started).hasValue(2);
    }

    @Test
    void goesOnAfterAFailure() {
        for (int failed = 0; failed < 3; failed++)
            assertThat(limit.run(Fixtures.ADAS_ID, () -> {
                        throw Problem.unavailable();
                    }))
                    .satisfies(search -> assertThat(search.failed()).isTrue());
        search();
        search();
        assertThat(started).hasValue(2);
    }

    private Future<String> search() {
        return limit.run(Fixtures.ADAS_ID, () -> {
            started.incrementAndGet();
            return hit.future();
        });
    }

    private static void refuses(Future<String> search) {
        var refused = search.transform(done -> Future.succeededFuture(done.cause()));
        assertThat(TestGateway.await(refused)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.kind()).isEqualTo(Problem.Kind.LIMITED);
            assertThat(problem.excess().orElseThrow().policies()).containsExactly("searches");
        });
    }
}
