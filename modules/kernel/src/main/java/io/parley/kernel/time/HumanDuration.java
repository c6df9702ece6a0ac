package io.parley.kernel.time;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Durations as people write them: {@code 500ms}, {@code 12s}, {@code 1h30m}, {@code 30d}. Except for milliseconds this
 * is ISO 8601 without its {@code P} and {@code T}, which the JDK parses.
 */
public final class HumanDuration {
    private static final Pattern MILLIS = Pattern.compile("(\\d{1,9})ms");
    private static final Pattern DAYS = Pattern.compile("(\\d+d)(.*)");

    /** Fails with {@link DateTimeParseException}. */
    public static Duration parse(String text) {
        var millis = MILLIS.matcher(text);
        if (millis.matches()) return Duration.ofMillis(Long.parseLong(millis.group(1)));
        var days = DAYS.matcher(text);
        if (!days.matches()) return parseIso("PT" + text);
        return parseIso("P" + days.group(1) + (days.group(2).isEmpty() ? "" : "T" + days.group(2)));
    }

    private static Duration parseIso(String text) {
        if (text.contains("-")) throw new DateTimeParseException("a time cannot be negative", text, 0);
        return Duration.parse(text);
    }

    public static String format(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1000 != 0) return millis + "ms";
        return duration.isZero()
                ? "0s"
                : duration.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
    }

    private HumanDuration() {}
}
