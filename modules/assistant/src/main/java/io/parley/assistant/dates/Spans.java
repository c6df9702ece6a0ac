package io.parley.assistant.dates;

import io.parley.assistant.dates.parts.Numbers;
import io.parley.assistant.dates.parts.Phrase;
import io.parley.assistant.dates.parts.PhrasePart;
import io.parley.assistant.dates.parts.Reading;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Times from now: {@code in two weeks}, {@code in half an hour}, {@code 3 days from now}. */
final class Spans {
    /** Longer spans leave the years that a task can be due in. */
    private static final int MAX_COUNT = 50_000;

    private static final Set<String> VAGUE = Set.of("few", "some", "several", "couple");

    private static final Map<String, ChronoUnit> UNITS = Map.ofEntries(
            Map.entry("min", ChronoUnit.MINUTES),
            Map.entry("mins", ChronoUnit.MINUTES),
            Map.entry("minute", ChronoUnit.MINUTES),
            Map.entry("minutes", ChronoUnit.MINUTES),
            Map.entry("hr", ChronoUnit.HOURS),
            Map.entry("hrs", ChronoUnit.HOURS),
            Map.entry("hour", ChronoUnit.HOURS),
            Map.entry("hours", ChronoUnit.HOURS),
            Map.entry("day", ChronoUnit.DAYS),
            Map.entry("days", ChronoUnit.DAYS),
            Map.entry("week", ChronoUnit.WEEKS),
            Map.entry("weeks", ChronoUnit.WEEKS),
            Map.entry("fortnight", ChronoUnit.WEEKS),
            Map.entry("fortnights", ChronoUnit.WEEKS),
            Map.entry("month", ChronoUnit.MONTHS),
            Map.entry("months", ChronoUnit.MONTHS),
            Map.entry("year", ChronoUnit.YEARS),
            Map.entry("years", ChronoUnit.YEARS));

    // No count if it is vague: a few days.
    private record Span(int end, OptionalInt count, ChronoUnit unit) {}

    static boolean isUnit(String word) {
        return UNITS.containsKey(word);
    }

    static @Nullable PhrasePart at(Phrase phrase, int at) {
        boolean isAfterIn = phrase.has(at, "in") || phrase.has(at, "within");
        var span = span(phrase, isAfterIn ? at + 1 : at);
        if (span == null) return null;
        if (isAfterIn) return part(phrase, span.end - at, span);
        boolean isFromNow = phrase.has(span.end, "from", "now") || phrase.has(span.end, "from", "today");
        return isFromNow ? part(phrase, span.end + 2 - at, span) : null;
    }

    private static @Nullable Span span(Phrase phrase, int at) {
        if (phrase.has(at, "half", "an", "hour")) return new Span(at + 3, OptionalInt.of(30), ChronoUnit.MINUTES);
        var count = Numbers.of(phrase.word(at));
        var unit = UNITS.get(phrase.word(at + 1));
        if (count.isEmpty() || unit == null) return vagueSpan(phrase, at);
        boolean isFortnights = phrase.word(at + 1).startsWith("fortnight");
        int counted = Math.min(count.getAsInt(), MAX_COUNT + 1);
        return new Span(at + 2, OptionalInt.of(isFortnights ? 2 * counted : counted), unit);
    }

    private static @Nullable Span vagueSpan(Phrase phrase, int at) {
        int word = phrase.has(at, "a") ? at + 1 : at;
        if (!VAGUE.contains(phrase.word(word))) return null;
        int next = phrase.has(word + 1, "of") ? word + 2 : word + 1;
        var unit = UNITS.get(phrase.word(next));
        return unit == null ? null : new Span(next + 1, OptionalInt.empty(), unit);
    }

    private static PhrasePart part(Phrase phrase, int words, Span span) {
        if (span.count.isEmpty()) return PhrasePart.refused(words, Reading.Refused.VAGUE);
        int count = span.count.getAsInt();
        if (count > MAX_COUNT) return PhrasePart.refused(words, Reading.Refused.NO_DATE);
        if (span.unit == ChronoUnit.MINUTES || span.unit == ChronoUnit.HOURS)
            return PhrasePart.exact(words, phrase.now().plus(count, span.unit).truncatedTo(ChronoUnit.MINUTES));
        var day = phrase.today().plus(count, span.unit);
        return day.getYear() > CalendarDates.LAST_YEAR
                ? PhrasePart.refused(words, Reading.Refused.NO_DATE)
                : PhrasePart.day(words, day);
    }

    private Spans() {}
}
