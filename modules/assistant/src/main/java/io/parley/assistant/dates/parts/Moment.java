package io.parley.assistant.dates.parts;

import io.parley.kernel.time.DayOrTime;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A day, or a time on it.
 *
 * @param time null if only the day was said
 */
public record Moment(LocalDate day, @Nullable ZonedDateTime time) {
    /** The time, or 23:59 of the day; the later one if the clocks go back over it. */
    public Instant orEndOfDay(ZoneId zone) {
        return time == null ? DayOrTime.endOf(day, zone) : time.toInstant();
    }

    /** The time, or the beginning of the day, which is not 00:00 if the clocks go forward then. */
    public Instant orStartOfDay(ZoneId zone) {
        return time == null ? day.atStartOfDay(zone).toInstant() : time.toInstant();
    }
}
