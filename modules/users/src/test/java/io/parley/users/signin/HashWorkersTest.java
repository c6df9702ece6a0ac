package io.parley.users.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.limits.ClientNetwork;
import io.parley.testing.Answers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HashWorkersTest {
    private static final ClientNetwork HONEST = ClientNetwork.of("192.0.2.1");
    private static final ClientNetwork MALLORY = ClientNetwork.of("203.0.113.1");

    private final Vertx vertx = Vertx.vertx();
    private final HashWorkers workers = new HashWorkers(vertx, new PasswordSettings(1, 64, 8));
    private final CountDownLatch gate = new CountDownLatch(1);
    private final AtomicInteger done = new AtomicInteger();

    @AfterEach
    void close() {
        gate.countDown();
        Answers.of(vertx.close());
    }

    @Test
    void answerAnHonestAddressThatComesAfterNinetyJobsOfAnother() {
        var flood = IntStream.range(0, 90).mapToObj(each -> job(MALLORY)).toList();

        var honest = job(HONEST);
        gate.countDown();

        // One job was running, and one has its turn before.
        assertThat(Answers.of(honest)).isLessThanOrEqualTo(3);
        Answers.of(Future.join(flood).otherwiseEmpty());
        assertThat(flood.stream().filter(Future::succeeded)).hasSize(64);
        assertThat(flood.stream().filter(Future::failed))
                .hasSize(26)
                .allSatisfy(refused -> assertThat(refused.cause())
                        .isInstanceOfSatisfying(
                                Problem.class,
                                problem -> assertThat(problem.kind()).isEqualTo(Kind.OVERLOADED)));
    }

    @Test
    void refuseAtOnceWhatDoesNotFit() {
        var flood = IntStream.range(0, 70).mapToObj(each -> job(MALLORY)).toList();

        assertThat(Answers.problemOf(flood.get(69)).kind()).isEqualTo(Kind.OVERLOADED);
        assertThat(gate.getCount()).isEqualTo(1);
    }

    @Test
    void refuseWhatHasWaitedTooLong() {
        var impatient = new HashWorkers(vertx, new PasswordSettings(1, 64, 8), Duration.ofMillis(500));
        impatient.run(MALLORY, () -> gate.await(20, TimeUnit.SECONDS));
        var late = impatient.run(HONEST, done::incrementAndGet);

        Answers.of(vertx.timer(600));
        gate.countDown();

        assertThat(Answers.problemOf(late).kind()).isEqualTo(Kind.OVERLOADED);
        assertThat(done).hasValue(0);
    }

    @Test
    void goOnAfterAFailure() {
        gate.countDown();
        var failed = workers.run(MALLORY, () -> {
            throw new IllegalStateException("broken");
        });

        assertThat(Answers.of(failed.otherwiseEmpty())).isNull();
        assertThat(Answers.of(job(MALLORY))).isEqualTo(1);
    }

    // Its result is how many jobs were done when it ended.
    private Future<Integer> job(ClientNetwork client) {
        return workers.run(client, () -> {
            assertThat(gate.await(20, TimeUnit.SECONDS)).isTrue();
            return done.incrementAndGet();
        });
    }
}
