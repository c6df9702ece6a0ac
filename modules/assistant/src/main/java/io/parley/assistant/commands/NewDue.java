package io.parley.assistant.commands;

import io.parley.assistant.dates.parts.Moment;
import io.parley.assistant.tools.DateText;
import io.parley.assistant.tools.TaskView;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import org.jspecify.annotations.Nullable;

/**
 * The date that a task is moved to. If only a day was said, the task keeps its time of day.
 *
 * @param isNextWeek whether {@code next week} was said, which keeps the day of the week as well
 */
record NewDue(Moment moment, boolean isNextWeek, ZonedDateTime now) {
    private static final LocalTime NO_TIME = LocalTime.of(23, 59);

    /** In RFC 3339. */
    String of(@Nullable TaskView task) {
        var due = instant(task == null ? null : before(task.dueDate()));
        return DateText.rfc3339(due.atZone(now.getZone()).toOffsetDateTime());
    }

    private Instant instant(@Nullable ZonedDateTime before) {
        if (before == null || moment.time() != null) return moment.orEndOfDay(now.getZone());
        var day = isNextWeek ? nextWeek(before.toLocalDate()) : moment.day();
        var kept = day.atTime(before.toLocalTime()).atZone(now.getZone());
        boolean hasTime = !before.toLocalTime().equals(NO_TIME) && kept.isAfter(now);
        return hasTime ? kept.toInstant() : new Moment(day, null).orEndOfDay(now.getZone());
    }

    // What is due next week already moves a week further.
    private LocalDate nextWeek(LocalDate before) {
        var day = moment.day().with(TemporalAdjusters.nextOrSame(before.getDayOfWeek()));
        return day.equals(before) ? day.plusWeeks(1) : day;
    }

    // A day, or RFC 3339; anything else comes from a client that made the result up.
    private @Nullable ZonedDateTime before(@Nullable String due) {
        if (due == null) return null;
        try {
            return due.length() == "2027-03-31".length()
                    ? LocalDate.parse(due).atTime(NO_TIME).atZone(now.getZone())
                    : OffsetDateTime.parse(due).atZoneSameInstant(now.getZone());
        } catch (DateTimeException unreadable) {
            return null;
        }
    }
}
