package io.parley.json;

import io.parley.kernel.time.DayOrTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
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

    private static final long SECONDS_OF_DAY = 86_400;

    /** Of a time with microseconds. */
    private static final int LENGTH = 27;

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

    // Every change increases updated_at by at least a microsecond, so a row can leave the year 9999.
    private static final Instant FIRST_STORABLE = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST_STORABLE = Instant.parse("+10000-01-01T23:59:59Z");

    /** Most times that are written one after the other are of one day. */
    private record Day(long epochDay, String text) {}

    private static volatile Day lastDay = new Day(0, "1970-01-01");

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
        var shown = time.isAfter(LAST) ? LAST : time;
        int second = (int) Math.floorMod(shown.getEpochSecond(), SECONDS_OF_DAY);
        var text = new StringBuilder(LENGTH)
                .append(day(Math.floorDiv(shown.getEpochSecond(), SECONDS_OF_DAY)))
                .append('T');
        digits(text, second / 3600, 10).append(':');
        digits(text, second / 60 % 60, 10).append(':');
        digits(text, second % 60, 10);
        int micros = shown.getNano() / 1000;
        if (micros % 1000 != 0) digits(text.append('.'), micros, 100_000);
        else if (micros != 0) digits(text.append('.'), micros / 1000, 100);
        return text.append('Z').toString();
    }

    // With leading zeros.
    private static StringBuilder digits(StringBuilder text, int number, int highest) {
        for (int unit = highest; unit > 0; unit /= 10) text.append((char) ('0' + number / unit % 10));
        return text;
    }

    private static String day(long epochDay) {
        var last = lastDay;
        if (last.epochDay() == epochDay) return last.text();
        var day = new Day(epochDay, LocalDate.ofEpochDay(epochDay).toString());
        lastDay = day;
        return day.text();
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
