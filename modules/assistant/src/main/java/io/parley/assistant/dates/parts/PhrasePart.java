package io.parley.assistant.dates.parts;

import java.time.LocalDate;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a phrase: at most one of its members is not null, except that {@code tonight} is a day and a part of it.
 *
 * @param words how many words of the phrase it takes
 * @param exact a time that needs no day
 * @param isWeekday whether the day is only the name of a weekday, which may stand beside a date
 */
public record PhrasePart(
        int words,
        @Nullable LocalDate day,
        @Nullable ClockTime clock,
        @Nullable DayPart dayPart,
        @Nullable ZonedDateTime exact,
        Reading.@Nullable Refused refused,
        boolean isWeekday) {

    public static PhrasePart day(int words, LocalDate day) {
        return new PhrasePart(words, day, null, null, null, null, false);
    }

    public static PhrasePart weekday(int words, LocalDate day) {
        return new PhrasePart(words, day, null, null, null, null, true);
    }

    public static PhrasePart clock(int words, ClockTime clock) {
        return new PhrasePart(words, null, clock, null, null, null, false);
    }

    public static PhrasePart dayPart(int words, @Nullable LocalDate day, DayPart dayPart) {
        return new PhrasePart(words, day, null, dayPart, null, null, false);
    }

    public static PhrasePart exact(int words, ZonedDateTime time) {
        return new PhrasePart(words, null, null, null, time, null, false);
    }

    public static PhrasePart refused(int words, Reading.Refused refused) {
        return new PhrasePart(words, null, null, null, null, refused, false);
    }
}
