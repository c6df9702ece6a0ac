package io.parley.assistant.dates;

import io.parley.assistant.dates.parts.PhrasePart;
import io.parley.assistant.dates.parts.Reading;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Dates of the calendar from numbers that may not exist, and the next date if the year was left out. */
final class CalendarDates {
    /** A due date is stored and written with four digits of the year. */
    static final int LAST_YEAR = 9998;

    /** From one 29 February to the next, also around 2100. */
    private static final int LEAP_YEARS = 8;

    private static final int MONTHS = 12;

    static PhrasePart of(int words, int year, int month, int day) {
        var date = year < 1 || year > LAST_YEAR ? null : date(year, month, day);
        return date == null ? PhrasePart.refused(words, Reading.Refused.NO_DATE) : PhrasePart.day(words, date);
    }

    /** The next such date, which may be today. */
    static PhrasePart next(int words, LocalDate today, int month, int day) {
        return next(words, today, LEAP_YEARS, ahead -> date(today.getYear() + ahead, month, day));
    }

    /** The next such day of a month, which may be today. */
    static PhrasePart nextDayOfMonth(int words, LocalDate today, int day) {
        return next(words, today, MONTHS, ahead -> {
            var month = today.plusMonths(ahead);
            return date(month.getYear(), month.getMonthValue(), day);
        });
    }

    private static PhrasePart next(
            int words, LocalDate today, int attempts, IntFunction<@Nullable LocalDate> candidates) {
        return IntStream.rangeClosed(0, attempts)
                .mapToObj(candidates)
                .filter(date -> date != null && !date.isBefore(today))
                .findFirst()
                .map(date -> PhrasePart.day(words, date))
                .orElse(PhrasePart.refused(words, Reading.Refused.NO_DATE));
    }

    private static @Nullable LocalDate date(int year, int month, int day) {
        try {
            return LocalDate.of(year, month, day);
        } catch (DateTimeException noSuchDate) {
            return null;
        }
    }

    private CalendarDates() {}
}
