package io.parley.gateway.idempotency;

import static io.parley.gateway.idempotency.IdempotencyFake.FIRST;
import static io.parley.gateway.idempotency.IdempotencyFake.RESOURCE_ID;
import static io.parley.gateway.idempotency.IdempotencyFake.STILL_RUNNING;
import static io.parley.gateway.idempotency.IdempotencyScene.DRAFT;
import static io.parley.gateway.idempotency.IdempotencyScene.TASKS;
import static io.parley.gateway.idempotency.IdempotencyScene.storedTask;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.idempotency.Idempotency.Begin;
import io.parley.contracts.idempotency.Idempotency.Begun;
import io.parley.contracts.idempotency.Idempotency.Release;
import io.parley.contracts.idempotency.Idempotency.StoredAnswer;
import io.parley.contracts.tasks.Tasks;
import io.parley.gateway.Fixtures;
import io.parley.gateway.TestGateway;
import io.parley.kernel.Problem;
import io.vertx.core.Future;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of a request with a key that was or is being used. */
class IdempotentRequestsTest {
    private static IdempotencyScene scene;

    @BeforeAll
    static void open() {
        scene = IdempotencyScene.open();
    }

    @AfterAll
    static void close() {
        scene.close();
    }

    @BeforeEach
    void reset() {
        scene.reset();
    }

    @Test
    void storeTheAnswerAndCreateUnderTheIdOfTheKey() {
        var response = scene.create("k");

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.headers().firstValue("Idempotency-Replayed")).isEmpty();
        assertThat(scene.received.getLast())
                .isInstanceOfSatisfying(
                        Tasks.Create.class, create -> assertThat(create.id()).isEqualTo(RESOURCE_ID));
        assertThat(scene.idempotency.begun.getLast())
                .returns(Fixtures.ada, Begin::caller)
                .returns("k", Begin::key)
                .returns(Duration.ofSeconds(24), Begin::attemptTimeout);
        assertThat(scene.idempotency.finished).singleElement().satisfies(finish -> {
            assertThat(finish.attempt()).isEqualTo(FIRST);
            assertThat(finish.answer()).isEqualTo(storedTask(response.body()));
        });
        assertThat(scene.idempotency.released).isEmpty();
    }

    @Test
    void replayTheStoredAnswer() {
        var first = scene.create("k");
        scene.received.clear();
        scene.idempotency.replyNext(Future.succeededFuture(new Begun(null, storedTask(first.body()))));

        var again = scene.create("k");

        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("Idempotency-Replayed")).hasValue("true");
        for (var header : List.of("Location", "ETag", "Content-Type", "Cache-Control"))
            assertThat(again.headers().allValues(header))
                    .isEqualTo(first.headers().allValues(header))
                    .hasSize(1);
        assertThat(scene.received).isEmpty();
    }

    @Test
    void replayAnAnswerWithoutABody() {
        scene.idempotency.replyNext(Future.succeededFuture(new Begun(null, new StoredAnswer(204, null, null, null))));

        var again = scene.send(TASKS, DRAFT, "Idempotency-Key", "k");

        assertThat(again.statusCode()).isEqualTo(204);
        assertThat(again.body()).isEmpty();
        assertThat(again.headers().firstValue("Content-Type")).isEmpty();
    }

    @Test
    void refuseADifferentRequestUnderTheKey() {
        scene.idempotency.replyNext(Future.failedFuture(Problem.conflict("Idempotency-Key", "another")));

        var response = scene.create("k");

        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(TestGateway.pointers(response)).containsExactly("Idempotency-Key");
        assertThat(scene.received).isEmpty();
    }

    @Test
    void waitForTheAnswerOfTheRunningAttempt() {
        for (int i = 0; i < 3; i++) scene.idempotency.replyNext(Future.succeededFuture(STILL_RUNNING));
        scene.idempotency.replyNext(Future.succeededFuture(new Begun(null, storedTask("{}"))));

        assertThat(scene.create("k").body()).isEqualTo("{}");

        assertThat(scene.idempotency.begun).hasSize(4);
        assertThat(scene.received).isEmpty();
    }

    @Test
    void runIfTheRunningAttemptFailed() {
        scene.idempotency.replyNext(Future.succeededFuture(STILL_RUNNING));

        assertThat(scene.create("k").statusCode()).isEqualTo(201);

        assertThat(scene.received).hasSize(1);
    }

    @Test
    void answer409IfTheRunningAttemptTakesTooLong() {
        try (var hasty = TestGateway.open(TestGateway.SHORT_TIMEOUTS)) {
            var busy = new IdempotencyFake(hasty.bus);
            for (int i = 0; i < 10; i++) busy.replyNext(Future.succeededFuture(STILL_RUNNING));

            var response = hasty.send(hasty.asAda(TASKS)
                    .header("Content-Type", "application/json")
                    .header("Idempotency-Key", "k")
                    .POST(BodyPublishers.ofString(DRAFT)));

            assertThat(response.statusCode()).isEqualTo(409);
            assertThat(response.headers().firstValue("Retry-After")).isPresent();
            assertThat(TestGateway.pointers(response)).containsExactly("Idempotency-Key");
        }
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void freeTheKeyIfNothingWasDone(Problem refusal) {
        scene.created = Future.failedFuture(refusal);

        assertThat(scene.create("k").statusCode()).isBetween(400, 499);

        assertThat(scene.idempotency.released).containsExactly(new Release(FIRST, true));
        assertThat(scene.idempotency.finished).isEmpty();
    }

    @Test
    void freeTheKeyIfTheRouteRefusesTheRequest() {
        assertThat(scene.send("/api/v1/tasks/none/restore", "", "Idempotency-Key", "k")
                        .statusCode())
                .isEqualTo(400);

        assertThat(scene.idempotency.released).containsExactly(new Release(FIRST, true));
    }

    @ParameterizedTest
    @MethodSource("unexpectedFailures")
    void keepTheIdIfTheOutcomeIsUnknown(Throwable mishap) {
        scene.created = Future.failedFuture(mishap);

        assertThat(scene.create("k").statusCode()).isBetween(500, 504);

        assertThat(scene.idempotency.released).containsExactly(new Release(FIRST, false));
    }

    @Test
    void answerEvenIfTheAnswerCannotBeStored() {
        scene.idempotency.replyToFinish(Future.failedFuture(Problem.unavailable()));

        assertThat(scene.create("k").statusCode()).isEqualTo(201);

        assertThat(scene.idempotency.released).isEmpty();
    }

    @Test
    void doNothingIfTheKeyCannotBeStored() {
        scene.idempotency.replyNext(Future.failedFuture(Problem.unavailable()));

        assertThat(scene.create("k").statusCode()).isEqualTo(503);

        assertThat(scene.received).isEmpty();
    }

    static Stream<Problem> refusals() {
        return Stream.of(
                Problem.invalid("/title", "is odd"),
                Problem.forbidden("conversation"),
                Problem.notFound("conversation"),
                Problem.conflict("/id", "is taken"));
    }

    static Stream<Throwable> unexpectedFailures() {
        return Stream.of(
                Problem.timeout(), Problem.unavailable(), Problem.internal(), new IllegalStateException("broken"));
    }
}
