package io.parley.kernel.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HumanDurationTest {
    @ParameterizedTest
    @CsvSource({
        "500ms, PT0.5S",
        "12s, PT12S",
        "0s, PT0S",
        "1.5s, PT1.5S",
        "15m, PT15M",
        "2h, PT2H",
        "30d, PT720H",
        "1h30m, PT1H30M",
        "1d12h, PT36H",
        "10S, PT10S"
    })
    void readsTimesAsPeopleWriteThem(String text, Duration duration) {
        assertThat(HumanDuration.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "12",
                "s",
                "12 s",
                "-5s",
                "5s-",
                "soon",
                "PT12S",
                "1w",
                "9999999999ms",
                "99999999999999999999s"
            })
    void refusesEverythingElse(String text) {
        assertThatThrownBy(() -> HumanDuration.parse(text)).isInstanceOf(DateTimeParseException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"100ms", "0s", "12s", "1m", "1h"})
    void writesThemTheSameWay(String text) {
        assertThat(HumanDuration.format(HumanDuration.parse(text))).isEqualTo(text);
    }
}
