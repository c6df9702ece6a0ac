package io.parley.bench.soak.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class QuartersTest {
    private static final int MEBIBYTE = 1024 * 1024;

    private final Quarters quarters = new Quarters(400);

    @Test
    void passesWhatStaysAsItIs() {
        for (int second = 0; second < 400; second += 10) add(second, 50, 300, 100, 5_000);

        assertThat(quarters.checks()).allMatch(Check::ok);
    }

    @Test
    void ignoresTheFirstQuarterAndTheThird() {
        for (int second = 0; second < 400; second += 10) {
            boolean isCompared = second >= 100 && second < 200 || second >= 300;
            add(
                    second,
                    isCompared ? 50 : 500,
                    isCompared ? 300 : 900,
                    isCompared ? 100 : 900,
                    isCompared ? 5_000 : 900_000);
        }

        assertThat(quarters.checks()).allMatch(Check::ok);
    }

    @Test
    void failsWhatGrows() {
        for (int second = 0; second < 400; second += 10) add(second, 50 + second, 300 + second, second, 100 * second);

        assertThat(quarters.checks()).noneMatch(Check::ok);
    }

    @Test
    void failsIfNothingWasMeasured() {
        assertThat(quarters.checks()).noneMatch(Check::ok);
    }

    private void add(int second, int heap, int resident, int descriptors, int micros) {
        var latency = new Histogram(3);
        latency.recordValue(micros);
        var usage = new Sample.NodeUsage("node-1", (long) heap * MEBIBYTE, (long) resident * MEBIBYTE, descriptors, 50);
        var sample = new Sample(Instant.EPOCH, second, 10, 1, 1, Map.of(200, 1L), List.of(usage));
        quarters.add(sample, latency);
    }
}
