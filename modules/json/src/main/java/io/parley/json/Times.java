package io.parley.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Times as callers write them: RFC 3339 with an offset, and nothing that would be stored as another time. PostgreSQL
 * keeps microseconds, and years of four digits stay so in UTC only from 0001 to 9998.
 */
public final class Times {
    public static final String EXPECTATION =
            "must be an RFC 3339 time with an offset and at most six decimals of a second";

    private static final Pattern TEXT =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,6})?([Zz]|[+-]\\d{2}:\\d{2})");

    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("9999-12-31T23:59:59Z");

    public static Optional<Instant> parse(String text) {
        if (!TEXT.matcher(text).matches()) return Optional.empty();
        try {
            var time = OffsetDateTime.parse(text.toUpperCase(Locale.ROOT));
            return time.getYear() >= 1 && time.getYear() <= 9998 ? Optional.of(time.toInstant()) : Optional.empty();
        } catch (DateTimeException noSuchTime) {
            return Optional.empty();
        }
    }

    /** What {@link Instant#toString} says, in a fraction of its time: a page has a hundred of them. */
    static String text(Instant time) {
        var text = LocalDateTime.ofEpochSecond(time.getEpochSecond(), time.getNano(), ZoneOffset.UTC)
                .toString();
        boolean hasSeconds = time.getNano() != 0 || time.getEpochSecond() % 60 != 0;
        return hasSeconds ? text + 'Z' : text + ":00Z";
    }

    /** Whether it can be the time of a row, which that in a forged cursor need not be. */
    public static boolean isStorable(Instant time) {
        return !time.isBefore(FIRST) && time.isBefore(END);
    }

    private Times() {}
}
