package io.parley.assistant.dates;

import io.parley.assistant.dates.parts.Reading.Found;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The days in which something is due.
 *
 * @param first null if all days until the last one are meant
 * @param words what was said, without a word such as {@code due}
 */
public record Period(@Nullable LocalDate first, LocalDate last, String words) {
    private static final Set<String> UNTIL = Set.of("by", "before", "until", "till");
    private static final Set<String> OTHER_JOINING = Set.of("due", "for", "on", "in", "at");

    /**
     * Reads {@code due this week}, {@code by friday} or {@code tomorrow}. Empty if the words are no period.
     *
     * @param words in the form of {@link DateWords}
     */
    public static Optional<Period> read(List<String> words, ZonedDateTime now) {
        boolean isUntil = false;
        int at = 0;
        while (at < words.size() && (UNTIL.contains(words.get(at)) || OTHER_JOINING.contains(words.get(at)))) {
            isUntil |= UNTIL.contains(words.get(at));
            at++;
        }
        var days = words.subList(at, words.size());
        if (days.isEmpty()) return Optional.empty();
        var said = (isUntil ? "by " : "") + String.join(" ", days);
        var period = whole(String.join(" ", days), now.toLocalDate(), said);
        if (period.isEmpty()) period = day(days, now, said);
        return isUntil ? period.map(some -> new Period(null, some.last, said)) : period;
    }

    private static Optional<Period> whole(String words, LocalDate today, String said) {
        var monday = DayWords.nextMonday(today);
        var first = DayWords.nextMonth(today);
        return Optional.ofNullable(
                switch (words) {
                    case "this week", "the week", "week" -> new Period(monday.minusDays(7), monday.minusDays(1), said);
                    case "next week", "the next week" -> new Period(monday, monday.plusDays(6), said);
                    case "this month", "the month" ->
                        new Period(today.withDayOfMonth(1), DayWords.endOfMonth(today), said);
                    case "next month" -> new Period(first, DayWords.endOfMonth(first), said);
                    case "this weekend", "the weekend", "weekend" -> weekend(DayWords.weekend(today), said);
                    case "next weekend" -> weekend(monday.plusDays(5), said);
                    default -> null;
                });
    }

    private static Period weekend(LocalDate first, String said) {
        return new Period(first, DayWords.endOfWeek(first), said);
    }

    private static Optional<Period> day(List<String> words, ZonedDateTime now, String said) {
        return DateReader.read(words, true, now)
                .filter(Found.class::isInstance)
                .map(reading -> ((Found) reading).moment().day())
                .map(day -> new Period(day, day, said));
    }
}
