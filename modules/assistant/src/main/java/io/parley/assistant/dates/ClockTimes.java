package io.parley.assistant.dates;

import io.parley.assistant.dates.parts.ClockTime;
import io.parley.assistant.dates.parts.Numbers;
import io.parley.assistant.dates.parts.Phrase;
import io.parley.assistant.dates.parts.PhrasePart;
import io.parley.assistant.dates.parts.Reading;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Times of day: {@code 5pm}, {@code 5:30 p.m.}, {@code 17:00}, {@code 17h30}, {@code at 5}, {@code at five o'clock}. */
final class ClockTimes {
    private static final Pattern TIME = Pattern.compile("@?([0-9]{1,2})(?:([:.h])([0-9]{2})|h)?([ap]m)?");

    /** A number alone is a time only behind {@code at}. */
    static @Nullable PhrasePart at(Phrase phrase, int at) {
        var words = ClockWords.at(phrase, at);
        if (words != null) return words;
        var time = TIME.matcher(digits(phrase.word(at)));
        if (!time.matches()) return null;
        boolean isAfterAt = phrase.has(at - 1, "at") || phrase.word(at).startsWith("@");
        if (time.group(4) != null) return part(1, time, time.group(4));
        var next = phrase.word(at + 1);
        if (next.equals("am") || next.equals("pm")) return part(2, time, next);
        if (time.group(1).equals("12") && time.group(3) == null && next.equals("noon")) return part(2, time, "pm");
        if (next.equals("o'clock") || next.equals("o’clock")) return part(2, time, null);
        boolean isTime = isAfterAt || ":".equals(time.group(2)) || "h".equals(time.group(2));
        return isTime ? part(1, time, null) : null;
    }

    private static String digits(String word) {
        if (word.matches("[a-z]{2,}")) {
            var number = Numbers.of(word);
            return number.isPresent() && !word.equals("an") ? Integer.toString(number.getAsInt()) : word;
        }
        return word;
    }

    private static PhrasePart part(int words, Matcher time, @Nullable String half) {
        int hour = Integer.parseInt(time.group(1));
        int minute = time.group(3) == null ? 0 : Integer.parseInt(time.group(3));
        boolean exists = minute < 60 && (half == null ? hour < 24 : hour >= 1 && hour <= 12);
        if (!exists) return PhrasePart.refused(words, Reading.Refused.NO_TIME);
        if (half == null)
            return PhrasePart.clock(
                    words, new ClockTime(hour, minute, !time.group(1).startsWith("0")));
        return PhrasePart.clock(words, new ClockTime(hour % 12 + (half.equals("pm") ? 12 : 0), minute, false));
    }

    private ClockTimes() {}
}
