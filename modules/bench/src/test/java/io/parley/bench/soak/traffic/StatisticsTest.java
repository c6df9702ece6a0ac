package io.parley.bench.soak.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.bench.soak.nodes.Disturbances;
import io.parley.bench.soak.traffic.Statistics.Fault;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatisticsTest {
    private static final Call CALL = Call.get("/tasks");

    private final Disturbances disturbances = new Disturbances();
    private final Statistics statistics = new Statistics(disturbances);

    @ParameterizedTest
    @CsvSource({"500, SERVER_ERROR", "503, SERVER_ERROR", "504, SERVER_ERROR", "0, BROKEN", "404, REFUSED"})
    void countsWhatMustNotHappen(int status, Fault fault) {
        answered(status, false);

        assertThat(statistics.faults(fault)).isOne();
        assertThat(statistics.examples()).singleElement().asString().contains(fault + " GET /tasks " + status);
    }

    @ParameterizedTest
    @CsvSource({"503", "504", "0"})
    void allowsItNearARestart(int status) {
        disturbances.restart();
        answered(status, true);

        assertThat(statistics.examples()).isEmpty();
    }

    @Test
    void doesNotAllowOtherErrorsNearARestart() {
        disturbances.restart();
        answered(500, false);

        assertThat(statistics.faults(Fault.SERVER_ERROR)).isOne();
    }

    @Test
    void keepsLatenciesOfRestartsApart() {
        answered(200, false);
        disturbances.restart();
        answered(200, false);
        var interval = statistics.interval();

        assertThat(interval.latency().getTotalCount()).isEqualTo(2);
        assertThat(interval.calm().getTotalCount()).isOne();
        assertThat(interval.statuses()).isEqualTo(Map.of(200, 2L));
        assertThat(statistics.interval().statuses()).isEmpty();
    }

    private void answered(int status, boolean isExpected) {
        statistics.answered(CALL, new Answer(status, ""), System.nanoTime(), isExpected);
    }
}
