package io.parley.assistant.dates;

import io.parley.assistant.dates.parts.ClockTime;
import io.parley.assistant.dates.parts.Numbers;
import io.parley.assistant.dates.parts.Phrase;
import io.parley.assistant.dates.parts.PhrasePart;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Times of day in words: {@code five thirty pm}, {@code half past five}, {@code quarter to six}. */
final class ClockWords {
    private static final int HALF_DAY = 12;
    private static final Map<String, Integer> MINUTES =
            Map.of("ten", 10, "fifteen", 15, "twenty", 20, "thirty", 30, "forty", 40, "forty-five", 45, "fifty", 50);

    static @Nullable PhrasePart at(Phrase phrase, int at) {
        if (phrase.has(at, "half", "past")) return beside(phrase, at, at + 2, 0, 30);
        int quarter = phrase.has(at, "a") ? at + 1 : at;
        if (phrase.has(quarter, "quarter", "past")) return beside(phrase, at, quarter + 2, 0, 15);
        if (phrase.has(quarter, "quarter", "to")) return beside(phrase, at, quarter + 2, -1, 45);
        return hourAndMinute(phrase, at);
    }

    private static @Nullable PhrasePart beside(Phrase phrase, int start, int at, int hours, int minute) {
        int hour = hour(phrase.word(at));
        return hour == 0 ? null : part(phrase, start, at + 1, (hour + hours + HALF_DAY - 1) % HALF_DAY + 1, minute);
    }

    // Without am or pm, the two numbers are a time only behind "at".
    private static @Nullable PhrasePart hourAndMinute(Phrase phrase, int at) {
        int hour = phrase.word(at).matches("[a-z]+") ? hour(phrase.word(at)) : 0;
        var minute = MINUTES.get(phrase.word(at + 1));
        if (hour == 0 || minute == null) return null;
        boolean hasFive = phrase.has(at + 2, "five") && minute >= 20;
        int end = hasFive ? at + 3 : at + 2;
        boolean isTime = phrase.has(at - 1, "at") || isHalfOfDay(phrase.word(end));
        return isTime ? part(phrase, at, end, hour, hasFive ? minute + 5 : minute) : null;
    }

    private static PhrasePart part(Phrase phrase, int start, int end, int hour, int minute) {
        var half = phrase.word(end);
        return isHalfOfDay(half)
                ? PhrasePart.clock(
                        end + 1 - start,
                        new ClockTime(hour % HALF_DAY + (half.equals("pm") ? HALF_DAY : 0), minute, false))
                : PhrasePart.clock(end - start, new ClockTime(hour, minute, true));
    }

    private static boolean isHalfOfDay(String word) {
        return word.equals("am") || word.equals("pm");
    }

    // 1 to 12, or 0 if the word is no hour.
    private static int hour(String word) {
        int hour = word.startsWith("a") ? 0 : Numbers.of(word).orElse(0);
        return hour <= HALF_DAY ? hour : 0;
    }

    private ClockWords() {}
}
