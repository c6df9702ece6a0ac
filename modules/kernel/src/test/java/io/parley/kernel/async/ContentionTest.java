package io.parley.kernel.async;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.vertx.core.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class ContentionTest {
    private int attempts;

    @Test
    void attemptsAgainWhatIsStale() {
        var result = repeat(attempt -> attempt < 40 ? stale() : Future.succeededFuture("changed"));

        assertThat(result.result()).isEqualTo("changed");
        assertThat(attempts).isEqualTo(40);
    }

    @Test
    void endsUnavailableAndNeverStale() {
        assertThat(repeat(attempt -> stale()).cause())
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Kind.UNAVAILABLE));
        assertThat(attempts).isEqualTo(Contention.ATTEMPTS);
    }

    @Test
    void attemptsNothingAgainThatFailsOtherwise() {
        assertThat(repeat(attempt -> Future.failedFuture(Problem.notFound("task")))
                        .failed())
                .isTrue();
        assertThat(attempts).isOne();
    }

    private Future<String> repeat(IntFunction<Future<String>> attempt) {
        return Contention.repeat(() -> attempt.apply(++attempts));
    }

    private static Future<String> stale() {
        return Future.failedFuture(Problem.stale("task"));
    }
}
