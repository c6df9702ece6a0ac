package io.parley.assistant.dates;

import io.parley.assistant.dates.parts.Reading;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The date at the end of a text.
 *
 * @param start the index of its first word
 */
public record TrailingDate(int start, Reading reading) {
    /** More words than any date has. */
    static final int MAX_WORDS = 14;

    /** After these a date is a part of the sentence, not the date of a task: the report of friday. */
    private static final Set<String> BINDING = Set.of(
            "to", "from", "of", "the", "a", "an", "and", "or", "with", "without", "about", "in", "since", "my", "your",
            "our", "his", "her", "their", "last", "per", "like", "than", "vs", "between", "called", "named");

    /**
     * Empty if the words do not end in a date. The longest one counts.
     *
     * @param words in the form of {@link DateWords}
     */
    public static Optional<TrailingDate> of(List<String> words, ZonedDateTime now) {
        boolean isBound = false;
        for (int start = Math.max(0, words.size() - MAX_WORDS); start < words.size(); start++) {
            if (isBound && !isJoiningDay(words.get(start))) continue;
            var reading = DateReader.read(words.subList(start, words.size()), false, now);
            if (reading.isEmpty()) continue;
            var before = start == 0 || DateReader.isJoining(words.get(start)) ? "" : words.get(start - 1);
            if (before.equals("for")) return Optional.of(new TrailingDate(start - 1, Reading.Refused.FOR));
            if (!BINDING.contains(before)) return Optional.of(new TrailingDate(start, reading.get()));
            isBound = true;
        }
        return Optional.empty();
    }

    static boolean isBinding(String word) {
        return BINDING.contains(word);
    }

    // In "book the 9:40 due friday" only the time is bound. In "the report of friday at 5" all of it is.
    private static boolean isJoiningDay(String word) {
        return DateReader.isJoining(word) && !word.equals("at");
    }
}
