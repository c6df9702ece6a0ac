package io.parley.assistant.models.openai;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The header by which a server says when it wants to be asked again: seconds, or a date (RFC 9110, 10.2.3). */
final class RetryAfterHeader {
    private static final int MOST_DIGITS = 9;

    /** Empty where it is missing or none; never negative. */
    static Optional<Duration> parse(@Nullable String header, Instant now) {
        if (header == null) return Optional.empty();
        var text = header.strip();
        return text.matches("\\d{1," + MOST_DIGITS + "}")
                ? Optional.of(Duration.ofSeconds(Long.parseLong(text)))
                : until(text, now);
    }

    private static Optional<Duration> until(String date, Instant now) {
        try {
            var then = DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
            return Optional.of(then.isAfter(now) ? Duration.between(now, then) : Duration.ZERO);
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }

    private RetryAfterHeader() {}
}
