package io.parley.kernel.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RatesTest {
    @ParameterizedTest
    @CsvSource({
        "20/s, 20, PT1S",
        "60/m, 60, PT1M",
        "3/h, 3, PT1H",
        "1000/d, 1000, PT24H",
        "10/15m, 10, PT15M",
        "5/1h30m, 5, PT1H30M",
        "1/500ms, 1, PT0.5S",
        "300/2d, 300, PT48H"
    })
    void readsOne(String text, int tokens, Duration period) {
        assertThat(Rates.parse(text).all()).containsExactly(new Rate(tokens, period));
    }

    @Test
    void readsSeveral() {
        assertThat(Rates.parse("60/m, 300/d").all())
                .containsExactly(new Rate(60, Duration.ofMinutes(1)), new Rate(300, Duration.ofDays(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void isNoneIfNothingIsSaid(String text) {
        assertThat(Rates.parse(text)).isEqualTo(Rates.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "60",
                "60/",
                "/m",
                "0/m",
                "-1/m",
                "01/m",
                "1.5/m",
                "60/M",
                "60/min",
                "60/w",
                "60/0s",
                "60/-5s",
                "60/+5s",
                "60/1.5h",
                "60/m,",
                ",60/m",
                "60/m,,300/d",
                "60/m;300/d",
                "60 / m",
                "10000000000/s",
                "1/30m1h",
                "1/1d1d",
                "1/367d",
                "60/m/s",
                "unlimited"
            })
    void refusesAnythingElse(String text) {
        assertThatThrownBy(() -> Rates.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void givesTokensBackEvenly() {
        assertThat(Rate.parse("10/15m").perToken()).isEqualTo(Duration.ofSeconds(90));
        assertThat(Rate.parse("100000000/s").perToken()).isEqualTo(Duration.ofNanos(1_000));
    }

    @Test
    void isWrittenAsItIsRead() {
        assertThat(Rates.parse("60/m,10/15m,300/d")).hasToString("60/1m,10/15m,300/24h");
    }
}
