package io.parley.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MicrosTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0001-01-01T00:00:00Z",
                "1676-12-31T23:59:59.000001Z",
                "1969-12-31T23:59:59.999999Z",
                "1970-01-01T00:00:00Z",
                "2263-01-01T00:00:00.123456Z",
                "9999-12-31T23:59:59.999999Z"
            })
    void returnsTheSameTime(String text) {
        var time = Instant.parse(text);

        assertThat(Micros.toInstant(Micros.of(time))).isEqualTo(time);
    }

    @Test
    void countsFromTheEpochInBothDirections() {
        assertThat(Micros.of(Instant.EPOCH.plusNanos(1_999))).isEqualTo(1);
        assertThat(Micros.of(Instant.EPOCH.minusNanos(1))).isEqualTo(-1);
        assertThat(Micros.of(Instant.EPOCH.minusSeconds(1))).isEqualTo(-1_000_000);
    }

    @Test
    void truncatesToTheMicrosecondBefore() {
        assertThat(Micros.truncate(Instant.parse("1969-12-31T23:59:59.999999999Z")))
                .isEqualTo(Instant.parse("1969-12-31T23:59:59.999999Z"));
    }
}
