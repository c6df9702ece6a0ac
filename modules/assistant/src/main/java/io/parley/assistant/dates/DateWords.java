package io.parley.assistant.dates;

import java.util.Locale;
import java.util.regex.Pattern;

/** The form of words in which dates are looked for. */
public final class DateWords {
    private static final Pattern HALF_OF_DAY = Pattern.compile("([0-9:.]*)([ap])\\.?m\\.?");

    /** In lower case, without a comma or colon at the end, {@code p.m.} as {@code pm}, and {@code @} as {@code at}. */
    public static String key(String word) {
        var key = word.toLowerCase(Locale.ROOT);
        while (key.endsWith(",") || key.endsWith(":")) key = key.substring(0, key.length() - 1);
        var half = HALF_OF_DAY.matcher(key);
        return half.matches() ? half.group(1) + half.group(2) + 'm' : key.equals("@") ? "at" : key;
    }

    /** @param word in this form */
    public static boolean isWeekday(String word) {
        return DayWords.weekday(word) != null;
    }

    private DateWords() {}
}
