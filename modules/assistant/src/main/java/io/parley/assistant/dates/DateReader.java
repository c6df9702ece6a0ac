package io.parley.assistant.dates;

import io.parley.assistant.dates.parts.DayPart;
import io.parley.assistant.dates.parts.Phrase;
import io.parley.assistant.dates.parts.PhrasePart;
import io.parley.assistant.dates.parts.Reading;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads words that are a date and nothing else, such as {@code by next friday at 5pm}. */
public final class DateReader {
    private static final Set<String> JOINING = Set.of("due", "by", "on", "at", "before", "until", "till");

    private final Phrase phrase;
    private final List<PhrasePart> parts = new ArrayList<>();

    private DateReader(Phrase phrase) {
        this.phrase = phrase;
    }

    /** Whether the word joins a date to what stands before it. */
    public static boolean isJoining(String word) {
        return JOINING.contains(word);
    }

    /**
     * Empty if the words have not the form of a date.
     *
     * @param words in the form of {@link DateWords}
     * @param isJoined whether a number such as {@code the 15th} is known to be a date, because a word such as {@code on}
     *     stood before it
     * @param now in the time zone of the person who writes
     */
    public static Optional<Reading> read(List<String> words, boolean isJoined, ZonedDateTime now) {
        var reader = new DateReader(new Phrase(words, now));
        return reader.readParts(isJoined) ? reader.combine() : Optional.empty();
    }

    private boolean readParts(boolean isJoined) {
        int at = 0;
        while (at < phrase.words().size()) {
            if (isJoining(phrase.word(at))) {
                isJoined = true;
                at += phrase.has(at, "due", "date") ? 2 : 1;
                if (at == phrase.words().size()) return false;
            } else {
                var part = part(at, isJoined);
                if (part == null) return false;
                parts.add(part);
                at += part.words();
                isJoined = part.isWeekday();
            }
        }
        return !parts.isEmpty();
    }

    private @Nullable PhrasePart part(int at, boolean isJoined) {
        var part = phrase.has(at - 1, "at") ? ClockTimes.at(phrase, at) : null;
        if (part == null) part = Recurrences.at(phrase, at, isJoined);
        if (part == null) part = Spans.at(phrase, at);
        if (part == null) part = NumericDates.at(phrase, at, isJoined);
        if (part == null) part = MonthDates.at(phrase, at, isJoined);
        if (part == null) part = Holidays.at(phrase, at, isJoined);
        if (part == null) part = DayWords.at(phrase, at, isJoined);
        if (part == null) part = ClockTimes.at(phrase, at);
        return part == null ? dayPart(at, isJoined) : part;
    }

    private @Nullable PhrasePart dayPart(int at, boolean isJoined) {
        if (phrase.has(at, "in", "the")) return dayPart(at + 2, 3, null);
        if (phrase.has(at, "this")) return dayPart(at + 1, 2, phrase.today());
        boolean isBehindDay = !parts.isEmpty() && parts.get(parts.size() - 1).day() != null;
        if (!isJoined && !isBehindDay) return null;
        return phrase.has(at, "midnight") ? PhrasePart.refused(1, Reading.Refused.MIDNIGHT) : dayPart(at, 1, null);
    }

    private @Nullable PhrasePart dayPart(int at, int words, @Nullable LocalDate day) {
        return DayPart.of(phrase.word(at))
                .map(part -> PhrasePart.dayPart(words, day, part))
                .orElse(null);
    }

    private Optional<Reading> combine() {
        var refused = parts.stream()
                .map(PhrasePart::refused)
                .filter(reason -> reason != null)
                .findFirst();
        if (refused.isPresent()) return refused.map(Reading.class::cast);
        return new Combination(List.copyOf(parts), phrase.now()).reading();
    }
}
