package io.parley.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.kernel.limits.Rates;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenBucketsTest {
    private static final Rates TEN_A_SECOND = Rates.parse("10/s");
    private static final long TENTH = 100_000_000;
    private static final int MAX = 160;

    private final TokenBuckets<Integer> buckets = new TokenBuckets<>("requests", MAX);

    @Test
    void refillEvenly() {
        for (int token = 0; token < 10; token++)
            assertThat(take(1, 0).isRefused()).isFalse();

        assertThat(take(1, 0).waitNanos()).isEqualTo(TENTH);
        assertThat(take(1, TENTH - 1).isRefused()).isTrue();
        assertThat(take(1, TENTH).isRefused()).isFalse();
        assertThat(take(1, TENTH).isRefused()).isTrue();
        assertThat(take(1, 100 * TENTH).rates().get(0).remaining()).isEqualTo(9);
    }

    @Test
    void makeOthersWaitForWhatIsGone() {
        buckets.charge(1, TEN_A_SECOND, 15, 0);

        assertThat(take(1, 5 * TENTH).waitNanos()).isEqualTo(TENTH);
        assertThat(take(1, 6 * TENTH).isRefused()).isFalse();
    }

    @Test
    void startAnewWithOtherRates() {
        buckets.charge(1, TEN_A_SECOND, 10, 0);

        assertThat(buckets.take(1, Rates.parse("10/m"), 0).rates().get(0).remaining())
                .isEqualTo(9);
    }

    @Test
    void forgetTheOneThatWasUsedLeastRecently() {
        buckets.charge(0, TEN_A_SECOND, 10, 0);
        IntStream.range(1, 10 * MAX).forEach(key -> {
            take(key, 0);
            assertThat(take(0, 0).isRefused()).isTrue();
        });
        IntStream.range(1, 20 * MAX).forEach(key -> take(key, 0));

        assertThat(take(0, 0).isRefused()).isFalse();
    }

    private Taken take(int key, long now) {
        return buckets.take(key, TEN_A_SECOND, now);
    }
}
