package io.parley.json;

import io.parley.kernel.Micros;
import io.parley.kernel.time.DayOrTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Times as callers write them: RFC 3339 with an offset, in the years 0001 to 9999 in UTC, which the format can express.
 * PostgreSQL keeps microseconds; Go, .NET and Java write 7 or 9 decimals, which are cut to six. More than nine decimals are
 * refused, as in the JSON Schemas of bodies.
 */
public final class Times {
    public static final String EXPECTATION =
            "must be an RFC 3339 time with an offset and at most 9 decimals, in the years 0001 to 9999 in UTC";

    public static final String DAY_EXPECTATION = "must be a date such as 2027-03-31, or " + EXPECTATION.substring(8);

    /** The first time that a caller can name. */
    public static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Pattern TEXT = Pattern.compile(
            "(\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}:\\d{2})(?:(\\.\\d{1,6})\\d{0,3})?([Zz]|[+-]\\d{2}:\\d{2})");

    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

    // Every change increases updated_at by at least a microsecond, so a row can leave the year 9999.
    private static final Instant FIRST_STORABLE = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST_STORABLE = Instant.parse("+10000-01-01T23:59:59Z");

    /** Returns empty if the text is not such a time. */
    public static Optional<Instant> parse(String text) {
        var parts = TEXT.matcher(text);
        if (!parts.matches()) return Optional.empty();
        try {
            var decimals = parts.group(2) == null ? "" : parts.group(2);
            var time = OffsetDateTime.parse((parts.group(1) + decimals + parts.group(3)).toUpperCase(Locale.ROOT))
                    .toInstant();
            return isWithin(FIRST, time, LAST) ? Optional.of(time) : Optional.empty();
        } catch (DateTimeException noSuchTime) {
            return Optional.empty();
        }
    }

    /** A day as {@code 2027-03-31}, in the years 0001 to 9999, or a time. Nothing if the text is neither. */
    public static Optional<DayOrTime> parseDayOrTime(String text) {
        if (!DAY.matcher(text).matches()) return parse(text).map(DayOrTime::at);
        try {
            var day = LocalDate.parse(text);
            return day.getYear() < 1 ? Optional.empty() : Optional.of(DayOrTime.on(day));
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }

    static String text(DayOrTime due) {
        return due.time() == null ? String.valueOf(due.day()) : text(due.time());
    }

    /**
     * The same text as {@link Instant#toString}, but made much faster, because a page has a hundred times. A time
     * after the year 9999 is written as the last one of that year, because RFC 3339 has no more digits.
     */
    static String text(Instant time) {
        var shown = time.isAfter(LAST) ? LAST : Micros.truncate(time);
        var text = LocalDateTime.ofEpochSecond(shown.getEpochSecond(), shown.getNano(), ZoneOffset.UTC)
                .toString();
        boolean hasSeconds = shown.getNano() != 0 || shown.getEpochSecond() % 60 != 0;
        return hasSeconds ? text + 'Z' : text + ":00Z";
    }

    /** Whether a row can have this time; the time in a forged cursor or entity tag need not be possible. */
    public static boolean isStorable(Instant time) {
        return isWithin(FIRST_STORABLE, time, LAST_STORABLE);
    }

    private static boolean isWithin(Instant first, Instant time, Instant last) {
        return !time.isBefore(first) && !time.isAfter(last);
    }

    private Times() {}
}
