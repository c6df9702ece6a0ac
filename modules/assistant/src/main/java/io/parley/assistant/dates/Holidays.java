package io.parley.assistant.dates;

import io.parley.assistant.dates.parts.Phrase;
import io.parley.assistant.dates.parts.PhrasePart;
import io.parley.assistant.dates.parts.Reading;
import java.time.MonthDay;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Holidays behind a word such as {@code on} or {@code before}. Those whose date changes or depends on the country are refused. */
final class Holidays {
    private static final int MAX_WORDS = 3;

    private static final Map<String, MonthDay> FIXED = Map.ofEntries(
            Map.entry("christmas", MonthDay.of(12, 25)),
            Map.entry("xmas", MonthDay.of(12, 25)),
            Map.entry("christmas day", MonthDay.of(12, 25)),
            Map.entry("christmas eve", MonthDay.of(12, 24)),
            Map.entry("boxing day", MonthDay.of(12, 26)),
            Map.entry("new year's eve", MonthDay.of(12, 31)),
            Map.entry("new years eve", MonthDay.of(12, 31)),
            Map.entry("new year's day", MonthDay.of(1, 1)),
            Map.entry("new years day", MonthDay.of(1, 1)),
            Map.entry("new year's", MonthDay.of(1, 1)),
            Map.entry("new year", MonthDay.of(1, 1)),
            Map.entry("valentine's day", MonthDay.of(2, 14)),
            Map.entry("halloween", MonthDay.of(10, 31)));

    private static final Set<String> OTHERS = Set.of(
            "easter",
            "good friday",
            "easter sunday",
            "easter monday",
            "pentecost",
            "thanksgiving",
            "thanksgiving day",
            "mother's day",
            "father's day",
            "labor day",
            "labour day",
            "memorial day",
            "hanukkah",
            "passover",
            "ramadan",
            "eid",
            "diwali");

    static @Nullable PhrasePart at(Phrase phrase, int at, boolean isJoined) {
        if (!isJoined) return null;
        for (int words = MAX_WORDS; words > 0; words--) {
            if (at + words > phrase.words().size()) continue;
            var name = String.join(" ", phrase.words().subList(at, at + words));
            if (OTHERS.contains(name)) return PhrasePart.refused(words, Reading.Refused.HOLIDAY);
            var day = FIXED.get(name);
            if (day != null) return CalendarDates.next(words, phrase.today(), day.getMonthValue(), day.getDayOfMonth());
        }
        return null;
    }

    private Holidays() {}
}
