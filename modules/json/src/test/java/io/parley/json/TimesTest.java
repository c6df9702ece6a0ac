package io.parley.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
                "1676-12-31T23:59:59Z",
                "2263-01-01T00:00:00Z",
                "9999-12-31T23:59:59.999999Z"
            })
    void writesWhatItReads(String text) {
        assertThat(Times.text(Times.parse(text).orElseThrow())).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "2027-03-01T12:00:00.1234567Z, 2027-03-01T12:00:00.123456Z",
        "2027-03-01T12:00:00.999999999+05:30, 2027-03-01T06:30:00.999999Z",
        "9999-12-31T23:59:59.9999999Z, 9999-12-31T23:59:59.999999Z",
        "1969-12-31T23:59:59.9999999Z, 1969-12-31T23:59:59.999999Z",
        "9999-12-31T23:59:59+18:00, 9999-12-31T05:59:59Z",
        "0001-01-01T00:00:00-18:00, 0001-01-01T18:00:00Z"
    })
    void readsWhatOtherProgramsWrite(String text, String time) {
        assertThat(Times.parse(text).map(Times::text)).contains(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000-12-31T23:59:59Z",
                "0001-01-01T00:00:00+00:01",
                "9999-12-31T23:59:59-00:01",
                "10000-01-01T00:00:00Z",
                "+10000-01-01T00:00:00Z",
                "-0001-01-01T00:00:00Z",
                "2027-02-30T12:00:00Z",
                "2027-03-01T12:00:60Z",
                "2027-03-01T12:00:00.Z",
                "2027-03-01T12:00:00.1234567891Z",
                "2027-03-01T12:00:00123Z",
                "2027-03-01T12:00:00"
            })
    void refusesWhatIsNoTimeOfTheYears1To9999(String text) {
        assertThat(Times.parse(text)).isEmpty();
    }

    @Test
    void writesATimeThatLeftTheYear9999AsTheLastOfThatYear() {
        assertThat(Times.text(Instant.parse("+10000-01-01T00:00:00.000001Z"))).isEqualTo("9999-12-31T23:59:59.999999Z");
    }

    @Test
    void writesTimesAsInstantsDo() {
        var random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            long nanos = switch (i % 3) {
                case 0 -> 0;
                case 1 -> random.nextInt(1_000) * 1_000_000L;
                default -> random.nextInt(1_000_000) * 1_000L;
            };
            var time = Instant.ofEpochSecond(random.nextLong(-62_000_000_000L, 253_000_000_000L))
                    .plusNanos(nanos);
            assertThat(Times.text(time)).isEqualTo(time.toString());
        }
    }
}
