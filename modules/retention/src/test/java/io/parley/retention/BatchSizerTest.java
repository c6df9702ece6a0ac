package io.parley.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BatchSizerTest {
    private final BatchSizer batchSize = new BatchSizer();

    @Test
    void halvesUntilThereIsOneRowAndGivesUpOnIt() {
        int retries = 0;
        while (batchSize.timedOut()) retries++;

        assertThat(retries).isEqualTo(6 + 4);
        assertThat(batchSize.rows()).isEqualTo(1);
    }

    @Test
    void growsBackToBatchesOfFiftyMilliseconds() {
        while (batchSize.timedOut()) {}

        for (int batch = 0; batch < 20; batch++) batchSize.succeeded(Duration.ofNanos(batchSize.rows() * 250_000L));

        assertThat(batchSize.rows()).isBetween(190, 210);
    }

    @Test
    void growsToNoMoreThanAThousandRows() {
        for (int batch = 0; batch < 20; batch++) batchSize.succeeded(Duration.ZERO);

        assertThat(batchSize.rows()).isEqualTo(1000);
    }
}
