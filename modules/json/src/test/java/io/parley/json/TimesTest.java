package io.parley.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-25T00:00:00Z",
                "2026-11-25T10:11:00Z",
                "2026-11-25T10:11:12Z",
                "2026-11-25T10:11:00.120Z",
                "2026-11-25T10:11:12.123456Z",
                "2026-11-25T10:11:00.000001Z",
                "0001-01-01T00:00:00Z",
                "1969-12-31T23:59:59.999999Z",
                "9998-12-31T23:59:59.999999Z"
            })
    void writesWhatItReads(String text) {
        assertThat(Times.text(Times.parse(text).orElseThrow())).isEqualTo(text);
    }

    @Test
    void writesTimesAsInstantsDo() {
        var random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            var time = Instant.ofEpochSecond(random.nextLong(-62_000_000_000L, 253_000_000_000L))
                    .plusNanos(random.nextInt(1_000_000) * 1_000L);
            assertThat(Times.text(time)).isEqualTo(time.toString());
        }
    }
}
