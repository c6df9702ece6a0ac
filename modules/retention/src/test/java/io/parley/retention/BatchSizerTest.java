package io.parley.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BatchSizerTest {
    private final BatchSizer pace = new BatchSizer();

    @Test
    void halvesUntilThereIsOneRowAndGivesUpOnIt() {
        int tries = 0;
        while (pace.slower()) tries++;

        assertThat(tries).isEqualTo(6 + 4);
        assertThat(pace.rows()).isEqualTo(1);
    }

    @Test
    void growsBackToBatchesOfFiftyMilliseconds() {
        while (pace.slower()) {}

        for (int batch = 0; batch < 20; batch++) pace.took(Duration.ofNanos(pace.rows() * 250_000L));

        assertThat(pace.rows()).isBetween(190, 210);
    }

    @Test
    void growsToNoMoreThanAThousandRows() {
        for (int batch = 0; batch < 20; batch++) pace.took(Duration.ZERO);

        assertThat(pace.rows()).isEqualTo(1000);
    }
}
