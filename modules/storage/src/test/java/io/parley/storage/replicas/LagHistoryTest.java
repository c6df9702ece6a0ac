package io.parley.storage.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LagHistoryTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final LagHistory lag = new LagHistory(Duration.ofSeconds(10));

    @Test
    void knowsNothingWithoutThePrimary() {
        assertThat(lag.isUnknown(0)).isTrue();
        lag.add(0, 100);
        assertThat(lag.isUnknown(9 * SECOND)).isFalse();
        assertThat(lag.isUnknown(10 * SECOND)).isTrue();
    }

    @Test
    void isLateIfItHasNotReplayedWhatThePrimaryHadThatLongAgo() {
        for (int second = 0; second <= 20; second++) lag.add(second * SECOND, 100L * second);

        assertThat(lag.isLate(20 * SECOND, 999)).isTrue();
        assertThat(lag.isLate(20 * SECOND, 1_000)).isFalse();
        assertThat(lag.behind(1_500)).isEqualTo(500);
    }

    @Test
    void isNeverLateWhileThePrimaryIsIdle() {
        for (int second = 0; second <= 100; second++) lag.add(second * SECOND, 500);

        assertThat(lag.isLate(100 * SECOND, 500)).isFalse();
        assertThat(lag.behind(500)).isZero();
    }

    @Test
    void isExactToAHundredthOfTheLimitHoweverOftenThePrimaryIsAsked() {
        for (int tick = 0; tick <= 20_000; tick++) lag.add(tick * SECOND / 1_000, tick);

        assertThat(lag.isLate(20 * SECOND, 9_800)).isTrue();
        assertThat(lag.isLate(20 * SECOND, 10_000)).isFalse();
    }
}
