package io.parley.transfer.sources;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.json.Times;
import io.parley.kernel.Micros;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Times as exports have them: since 1970 in any unit, or in ISO 8601, if need be without an offset. */
public final class SourceTimes {
    // A time in seconds reaches the first of these in the year 5138, and one in milliseconds is below it until 1973
    // only.
    private static final BigDecimal MILLIS = BigDecimal.valueOf(100_000_000_000L);
    private static final BigDecimal MICROS = BigDecimal.valueOf(100_000_000_000_000L);
    private static final BigDecimal NANOS = BigDecimal.valueOf(100_000_000_000_000_000L);

    /** Null if the value is not a time, or not one that can be stored. */
    public static @Nullable Instant of(JsonNode value) {
        if (value.isNumber()) return sinceEpoch(value.decimalValue());
        return value.isTextual() ? parsed(value.textValue().strip().replace(' ', 'T')) : null;
    }

    private static @Nullable Instant parsed(String text) {
        return Times.parse(text).or(() -> Times.parse(text + "Z")).orElse(null);
    }

    private static @Nullable Instant sinceEpoch(BigDecimal number) {
        var micros = number.movePointRight(decimalsToMicros(number.abs())).setScale(0, RoundingMode.HALF_UP);
        if (micros.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) return null;
        var time = Micros.toInstant(micros.longValue());
        return Times.isStorable(time) ? time : null;
    }

    private static int decimalsToMicros(BigDecimal size) {
        if (size.compareTo(MILLIS) < 0) return 6;
        if (size.compareTo(MICROS) < 0) return 3;
        return size.compareTo(NANOS) < 0 ? 0 : -3;
    }

    private SourceTimes() {}
}
