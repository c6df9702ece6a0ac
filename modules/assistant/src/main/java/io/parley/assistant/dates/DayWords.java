package io.parley.assistant.dates;

import io.parley.assistant.dates.parts.DayPart;
import io.parley.assistant.dates.parts.Phrase;
import io.parley.assistant.dates.parts.PhrasePart;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Days in words: {@code tomorrow}, {@code next friday}, {@code end of the month}, {@code this weekend}. */
final class DayWords {
    private static final Set<String> TOMORROW = Set.of("tomorrow", "tomorow", "tommorow", "tommorrow", "tmrw", "tmr");
    private static final Set<String> TODAY = Set.of("today", "eod");

    private static final Map<String, DayOfWeek> WEEKDAYS = Map.ofEntries(
            Map.entry("monday", DayOfWeek.MONDAY),
            Map.entry("mon", DayOfWeek.MONDAY),
            Map.entry("tuesday", DayOfWeek.TUESDAY),
            Map.entry("tue", DayOfWeek.TUESDAY),
            Map.entry("tues", DayOfWeek.TUESDAY),
            Map.entry("wednesday", DayOfWeek.WEDNESDAY),
            Map.entry("wed", DayOfWeek.WEDNESDAY),
            Map.entry("thursday", DayOfWeek.THURSDAY),
            Map.entry("thu", DayOfWeek.THURSDAY),
            Map.entry("thur", DayOfWeek.THURSDAY),
            Map.entry("thurs", DayOfWeek.THURSDAY),
            Map.entry("friday", DayOfWeek.FRIDAY),
            Map.entry("fri", DayOfWeek.FRIDAY),
            Map.entry("saturday", DayOfWeek.SATURDAY),
            Map.entry("sat", DayOfWeek.SATURDAY),
            Map.entry("sunday", DayOfWeek.SUNDAY),
            Map.entry("sun", DayOfWeek.SUNDAY));

    /** Abbreviations that are also words: the sun, she sat. They need a word such as {@code on} before them. */
    private static final Set<String> OTHER_WORDS = Set.of("sat", "sun", "mon", "wed");

    static @Nullable DayOfWeek weekday(String word) {
        return WEEKDAYS.get(word);
    }

    /** @param isJoined whether a word such as {@code due} or {@code on} stands before it */
    static @Nullable PhrasePart at(Phrase phrase, int at, boolean isJoined) {
        var today = phrase.today();
        var word = phrase.word(at);
        if (TODAY.contains(word)) return PhrasePart.day(1, today);
        if (TOMORROW.contains(word)) return PhrasePart.day(1, today.plusDays(1));
        if (word.equals("tonight")) return PhrasePart.dayPart(1, today, DayPart.NIGHT);
        if (word.equals("yesterday") && isJoined) return PhrasePart.day(1, today.minusDays(1));
        if (phrase.has(at, "the", "day", "after", "tomorrow")) return PhrasePart.day(4, today.plusDays(2));
        if (phrase.has(at, "day", "after", "tomorrow")) return PhrasePart.day(3, today.plusDays(2));
        var named = weekday(phrase, at, isJoined);
        if (named == null) named = period(phrase, at, isJoined);
        return named == null ? end(phrase, at) : named;
    }

    private static @Nullable PhrasePart weekday(Phrase phrase, int at, boolean isJoined) {
        var today = phrase.today();
        if (phrase.has(at, "next", "week") && weekday(phrase.word(at + 2)) != null)
            return PhrasePart.day(
                    3, nextMonday(today).with(TemporalAdjusters.nextOrSame(weekday(phrase.word(at + 2)))));
        int coming = phrase.has(at, "this", "coming") ? 1 : 0;
        var modified = weekday(phrase.word(at + coming + 1));
        if (modified != null) {
            if (phrase.has(at, "this"))
                return PhrasePart.day(coming + 2, today.with(TemporalAdjusters.nextOrSame(modified)));
            if (phrase.has(at, "coming")) return PhrasePart.day(2, today.with(TemporalAdjusters.next(modified)));
            if (phrase.has(at, "next"))
                return PhrasePart.day(2, nextMonday(today).with(TemporalAdjusters.nextOrSame(modified)));
        }
        var plain = weekday(phrase.word(at));
        if (plain == null || (!isJoined && OTHER_WORDS.contains(phrase.word(at)))) return null;
        return phrase.has(at + 1, "next", "week")
                ? PhrasePart.day(3, nextMonday(today).with(TemporalAdjusters.nextOrSame(plain)))
                : PhrasePart.weekday(1, today.with(TemporalAdjusters.next(plain)));
    }

    private static @Nullable PhrasePart period(Phrase phrase, int at, boolean isJoined) {
        var today = phrase.today();
        if (phrase.has(at, "next", "week")) return PhrasePart.day(2, nextMonday(today));
        if (phrase.has(at, "next", "month")) return PhrasePart.day(2, nextMonth(today));
        if (phrase.has(at, "next", "year"))
            return PhrasePart.day(2, today.with(TemporalAdjusters.firstDayOfNextYear()));
        if (phrase.has(at, "next", "weekend"))
            return PhrasePart.day(2, nextMonday(today).plusDays(5));
        if (phrase.has(at, "this", "weekend")) return PhrasePart.day(2, weekend(today));
        if (isJoined && phrase.has(at, "the", "weekend")) return PhrasePart.day(2, weekend(today));
        return null;
    }

    private static @Nullable PhrasePart end(Phrase phrase, int at) {
        if (phrase.has(at, "eow")) return PhrasePart.day(1, endOfWeek(phrase.today()));
        if (phrase.has(at, "eom")) return PhrasePart.day(1, endOfMonth(phrase.today()));
        int of = phrase.has(at, "the") ? at + 1 : at;
        boolean isEnd = phrase.has(of, "end", "of");
        boolean isBeginning = phrase.has(of, "beginning", "of") || phrase.has(of, "start", "of");
        if (!isEnd && !isBeginning) return null;
        int unit = phrase.has(of + 2, "the") || phrase.has(of + 2, "this") ? of + 3 : of + 2;
        boolean isNext = phrase.has(unit, "next");
        if (isNext) unit++;
        int words = unit + 1 - at;
        var today = phrase.today();
        var week = isNext ? nextMonday(today) : today;
        var month = isNext ? nextMonth(today) : today;
        if (isBeginning && !isNext) return null;
        return switch (phrase.word(unit)) {
            case "day" -> isEnd && !isNext ? PhrasePart.day(words, today) : null;
            case "week" -> PhrasePart.day(words, isEnd ? endOfWeek(week) : week);
            case "month" -> PhrasePart.day(words, isEnd ? endOfMonth(month) : month);
            case "year" -> isNext ? null : PhrasePart.day(words, today.with(TemporalAdjusters.lastDayOfYear()));
            default -> null;
        };
    }

    static LocalDate nextMonday(LocalDate today) {
        return today.with(TemporalAdjusters.next(DayOfWeek.MONDAY));
    }

    static LocalDate endOfWeek(LocalDate today) {
        return today.with(TemporalAdjusters.nextOrSame(DayOfWeek.SUNDAY));
    }

    static LocalDate nextMonth(LocalDate today) {
        return today.with(TemporalAdjusters.firstDayOfNextMonth());
    }

    static LocalDate endOfMonth(LocalDate today) {
        return today.with(TemporalAdjusters.lastDayOfMonth());
    }

    /** Saturday; on a Sunday, today. */
    static LocalDate weekend(LocalDate today) {
        return today.getDayOfWeek() == DayOfWeek.SUNDAY
                ? today
                : today.with(TemporalAdjusters.nextOrSame(DayOfWeek.SATURDAY));
    }

    private DayWords() {}
}
