package io.parley.assistant.tools;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Dates in the form in which answers show them. */
public final class DateText {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE uuuu-MM-dd", Locale.ENGLISH);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("EEE uuuu-MM-dd HH:mm", Locale.ENGLISH);

    /** Such as {@code Thu 2026-11-26}. */
    public static String day(LocalDate day) {
        return day.format(DAY);
    }

    /** Such as {@code Thu 2026-11-26 17:00}. */
    public static String time(LocalDateTime time) {
        return time.format(TIME);
    }

    /** RFC 3339 to the second. */
    public static String rfc3339(OffsetDateTime time) {
        return time.truncatedTo(ChronoUnit.SECONDS).format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
    }

    private DateText() {}
}
