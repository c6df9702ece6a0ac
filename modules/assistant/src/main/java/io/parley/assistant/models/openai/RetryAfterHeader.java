package io.parley.assistant.models.openai;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The header {@code Retry-After}: seconds, or a date (RFC 9110, section 10.2.3). */
final class RetryAfterHeader {
    private static final int MAX_DIGITS = 9;

    /** Empty if the header is missing or malformed; never negative. */
    static Optional<Duration> parse(@Nullable String header, Instant now) {
        if (header == null) return Optional.empty();
        var text = header.strip();
        return text.matches("\\d{1," + MAX_DIGITS + "}")
                ? Optional.of(Duration.ofSeconds(Long.parseLong(text)))
                : untilDate(text, now);
    }

    private static Optional<Duration> untilDate(String text, Instant now) {
        try {
            var date = DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from);
            return Optional.of(date.isAfter(now) ? Duration.between(now, date) : Duration.ZERO);
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }

    private RetryAfterHeader() {}
}
