package io.parley.transfer.sources;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceTimesTest {
    @ParameterizedTest
    @CsvSource({
        "1719824400, 2024-07-01T09:00:00Z",
        "1719824400.25, 2024-07-01T09:00:00.250Z",
        "1719824400250, 2024-07-01T09:00:00.250Z",
        "1719824400250000, 2024-07-01T09:00:00.250Z",
        "1719824400250000000, 2024-07-01T09:00:00.250Z",
        "0, 1970-01-01T00:00:00Z",
        "-5, 1969-12-31T23:59:55Z",
        "'\"2024-07-01T09:00:00.123456789+00:00\"', 2024-07-01T09:00:00.123456Z",
        "'\"2024-07-01T11:00:00+02:00\"', 2024-07-01T09:00:00Z",
        "'\"2024-07-01T09:00:00\"', 2024-07-01T09:00:00Z",
        "'\"2024-07-01 09:00:00.5\"', 2024-07-01T09:00:00.500Z",
    })
    void readsTimesInEveryUnit(String json, String expected) {
        assertThat(SourceTimes.of(SourceSample.line("{'t':" + json + "}").path("t")))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "true", "1e300", "\"yesterday\"", "\"\"", "{}", "[]"})
    void takesNothingElseForATime(String json) {
        assertThat(SourceTimes.of(SourceSample.line("{'t':" + json + "}").path("t")))
                .isNull();
    }
}
