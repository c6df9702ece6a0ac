package io.parley.assistant.dates;

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
    private static final int MAX_WORDS = 14;

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
        for (int start = Math.max(0, words.size() - MAX_WORDS); start < words.size(); start++) {
            var reading = DateReader.read(words.subList(start, words.size()), false, now);
            if (reading.isPresent()) return of(words, start, reading.get());
        }
        return Optional.empty();
    }

    private static Optional<TrailingDate> of(List<String> words, int start, Reading reading) {
        var before = start == 0 || DateReader.isJoining(words.get(start)) ? "" : words.get(start - 1);
        if (BINDING.contains(before)) return Optional.empty();
        return Optional.of(
                before.equals("for")
                        ? new TrailingDate(start - 1, Reading.Refused.FOR)
                        : new TrailingDate(start, reading));
    }
}
