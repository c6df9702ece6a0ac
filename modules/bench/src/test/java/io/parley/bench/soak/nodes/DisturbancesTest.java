package io.parley.bench.soak.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DisturbancesTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Disturbances disturbances = new Disturbances();
    private final long start = System.nanoTime();

    @Test
    void isCalmWithoutAny() {
        assertThat(disturbances.isCalm(start, start + SECOND)).isTrue();
    }

    @Test
    void isNearARestartThatIsNotOver() {
        disturbances.restart();

        assertThat(disturbances.isNearRestart(start + 1_000 * SECOND, start + 1_001 * SECOND))
                .isTrue();
        assertThat(disturbances.isNearRestart(start - 2 * SECOND, start - SECOND))
                .isFalse();
    }

    @Test
    void isNearARestartForAQuarterOfAMinute() {
        disturbances.restart().end();
        long end = System.nanoTime();

        assertThat(disturbances.isNearRestart(start + 14 * SECOND, start + 14 * SECOND))
                .isTrue();
        assertThat(disturbances.isNearRestart(end + 16 * SECOND, end + 17 * SECOND))
                .isFalse();
    }

    @Test
    void isNotCalmDuringACollection() {
        disturbances.collection().end();
        long end = System.nanoTime();

        assertThat(disturbances.isCalm(start, end)).isFalse();
        assertThat(disturbances.isNearRestart(start, end)).isFalse();
        assertThat(disturbances.isCalm(end + 1, end + SECOND)).isTrue();
    }
}
