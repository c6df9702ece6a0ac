package io.parley.assistant.dates;

import io.parley.assistant.dates.parts.Reading.Refused;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Words within a title that look like a time or an urgency. The user who wrote them expects more than a title.
 *
 * @param start the index of the first word
 * @param end the index behind the last word
 * @param isUrgency whether they say how urgent it is, not when it is due
 */
public record UnreadTime(int start, int end, boolean isUrgency) {
    private static final Pattern URGENCY = Pattern.compile("urgent|urgently|asap|a\\.s\\.a\\.p\\.?|immediately");
    private static final Pattern TIME_WORD =
            Pattern.compile("fortnights?|o'clock|cob|noonish|[0-9]{1,2}(?:[:.][0-9]{2})?(?:[ap]m|ish)"
                    + "|[0-9]{1,2}(?:[:.][0-9]{2})?(?:[ap]m)?[-–][0-9]{1,2}(?:[:.][0-9]{2})?[ap]m");
    private static final Pattern TIMES =
            Pattern.compile("(?:between|from) [0-9]\\S* (?:and|to|until|till) [0-9:.]+[ap]m");
    private static final int TIMES_WORDS = 4;
    private static final Pattern LAST_WORD = Pattern.compile("soon|later|sometime|someday|eventually|shortly|now");
    private static final Pattern UNTIL_MONTH = Pattern.compile(
            "(?:by|before|until|till) (?:january|february|march|april|may|june|july|august|september|october|november|december)");
    // The words before a unit that is not understood: in an hour and a half.
    private static final Pattern SPAN = Pattern.compile(
            "(?:in|within) (?!the |my |this |that |his |her |our |their |your )(?:\\S+ ){1,4}(?:minutes?|hours?|days?|weeks?|months?|half)");
    private static final int MAX_SPAN = 6;
    private static final Pattern NO_DATE =
            Pattern.compile("[0-9]{1,2}/[0-9]{1,2}|(?:on|at) (?:the )?[0-9]+(?:st|nd|rd|th)");
    private static final Pattern BARE_HOUR = Pattern.compile("at (?:[0-9]{1,2}|[a-z]+)");
    /** Behind an hour, they show that it was one: dinner at 8 with Bob, but not look at 2 flats. */
    private static final Set<String> BEHIND_HOUR =
            Set.of("with", "in", "to", "for", "on", "at", "about", "from", "by", "and", "or", "if", "when", "because");

    private static final Set<String> RANGE = Set.of("from", "between");
    private static final Pattern CLOCK = Pattern.compile("[0-9]{1,2}(?:(?:[:.h][0-9]{2})?[ap]m|[:h][0-9]{2})");

    /** @param words in the form of {@link DateWords} */
    public static Optional<UnreadTime> in(List<String> words, ZonedDateTime now) {
        for (int start = 0; start < words.size(); start++) {
            int end = end(words, start, now);
            if (end == start) continue;
            if (!isBound(words, start))
                return Optional.of(new UnreadTime(
                        start, end, URGENCY.matcher(words.get(start)).matches()));
            start = end - 1;
        }
        return Optional.empty();
    }

    private static boolean isBound(List<String> words, int start) {
        if (start == 0) return false;
        boolean isRange = RANGE.contains(words.get(start - 1))
                && CLOCK.matcher(words.get(start)).matches();
        return TrailingDate.isBinding(words.get(start - 1)) && !isRange;
    }

    // Of the longest such words; the start if there are none.
    private static int end(List<String> words, int start, ZonedDateTime now) {
        boolean isSpan = words.size() - start <= MAX_SPAN
                && SPAN.matcher(text(words, start, words.size())).matches();
        if (isSpan) return words.size();
        for (int end = Math.min(words.size(), start + TrailingDate.MAX_WORDS); end > start; end--)
            if (isDate(words, start, end, now)) return end;
        var word = words.get(start);
        boolean isLast = start > 0 && start == words.size() - 1;
        if (URGENCY.matcher(word).matches()
                || TIME_WORD.matcher(word).matches()
                || (isLast && LAST_WORD.matcher(word).matches())) return start + 1;
        int four = Math.min(words.size(), start + TIMES_WORDS);
        if (TIMES.matcher(text(words, start, four)).matches()) return four;
        int two = Math.min(words.size(), start + 2);
        if (UNTIL_MONTH.matcher(text(words, start, two)).matches()) return two;
        return start;
    }

    private static boolean isDate(List<String> words, int start, int end, ZonedDateTime now) {
        var first = words.get(start);
        // A weekday alone is a word of the title, as in "friday report".
        if (end == start + 1 && DateWords.isWeekday(first)) return false;
        var reading = DateReader.read(words.subList(start, end), false, now);
        if (reading.isEmpty()) return false;
        boolean isJoined = DateReader.isJoining(first) || first.equals("every") || first.equals("each");
        if (reading.get() instanceof Refused && !isJoined) return false;
        var text = text(words, start, end);
        if (NO_DATE.matcher(text).matches()) return false;
        return !BARE_HOUR.matcher(text).matches()
                || text.matches("at (?:noon|midday|midnight|night)")
                || (end < words.size() && BEHIND_HOUR.contains(words.get(end)));
    }

    private static String text(List<String> words, int start, int end) {
        return String.join(" ", words.subList(start, end));
    }
}
