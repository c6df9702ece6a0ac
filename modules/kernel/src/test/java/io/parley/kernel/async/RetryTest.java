package io.parley.kernel.async;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.kernel.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RetryTest {
    private final Vertx vertx = Vertx.vertx();
    private int attempts;

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    @Test
    void succeedsWithTheFirstAttemptThatDoes() throws Exception {
        int result = await(Retry.run(vertx, RetryPolicy.attempts(5), number -> succeedFrom(3, number)));

        assertThat(result).isEqualTo(3);
        assertThat(attempts).isEqualTo(3);
    }

    @Test
    void failsAsTheLastAttemptDid() throws Exception {
        var failed = Retry.run(vertx, RetryPolicy.attempts(3), number -> Future.failedFuture("attempt " + number));

        assertThat(await(failed.otherwise(Throwable::getMessage))).isEqualTo("attempt 3");
    }

    @Test
    void doesNotRepeatAFinalFailure() throws Exception {
        var policy = RetryPolicy.attempts(5).when(Problem::isTransient);

        var failed = Retry.run(vertx, policy, () -> fail(Problem.notFound("task")));

        assertThat(await(failed.otherwise(Throwable::getMessage))).isEqualTo("The task does not exist.");
        assertThat(attempts).isEqualTo(1);
    }

    @Test
    void countsAThrownExceptionAsAFailedAttempt() throws Exception {
        var result = Retry.run(vertx, RetryPolicy.attempts(2), number -> {
            if (number == 1) throw new IllegalStateException("thrown");
            return Future.succeededFuture(number);
        });

        assertThat(await(result)).isEqualTo(2);
    }

    @Test
    void endsAtTheDeadline() throws Exception {
        var policy = RetryPolicy.forever(Duration.ofMillis(20)).within(Duration.ofMillis(90));

        assertThat(await(Retry.run(vertx, policy, () -> fail(Problem.timeout())).otherwise("too late")))
                .isEqualTo("too late");
        assertThat(attempts).isBetween(2, 5);
    }

    @Test
    void survivesAttemptsThatFailAtOnceByTheThousands() throws Exception {
        int result = await(Retry.run(vertx, RetryPolicy.attempts(100_000), number -> succeedFrom(100_000, number)));

        assertThat(result).isEqualTo(100_000);
    }

    @Test
    void growsTheDelayUpToTheLongest() {
        var policy = RetryPolicy.attempts(9).delayed(Duration.ofMillis(100)).growing(2, Duration.ofMillis(350));

        assertThat(delay(policy, 1)).contains(Duration.ofMillis(100));
        assertThat(delay(policy, 2)).contains(Duration.ofMillis(200));
        assertThat(delay(policy, 3)).contains(Duration.ofMillis(350));
        assertThat(delay(policy, 9)).isEmpty();
    }

    @Test
    void spreadsTheDelayByItsJitter() {
        var policy = RetryPolicy.forever(Duration.ofSeconds(1)).jittered(0.5);

        for (int i = 0; i < 1000; i++)
            assertThat(delay(policy, 1).orElseThrow()).isBetween(Duration.ofMillis(500), Duration.ofMillis(1500));
    }

    @Test
    void waitsAsLongAsAFailureAsks() {
        var policy = RetryPolicy.forever(Duration.ofMillis(100)).obeying(failure -> Optional.of(Duration.ofSeconds(3)));

        assertThat(delay(policy, 1)).contains(Duration.ofSeconds(3));
        assertThat(delay(policy.within(Duration.ofSeconds(2)), 1)).isEmpty();
    }

    private static Optional<Duration> delay(RetryPolicy policy, int number) {
        return policy.delayAfter(number, Duration.ZERO, Problem.timeout());
    }

    private Future<Integer> succeedFrom(int first, int number) {
        attempts++;
        return number >= first ? Future.succeededFuture(number) : Future.failedFuture("not yet");
    }

    private <T> Future<T> fail(Throwable failure) {
        attempts++;
        return Future.failedFuture(failure);
    }

    private static <T> T await(Future<T> future) throws TimeoutException {
        return future.await(10, TimeUnit.SECONDS);
    }
}
