package io.parley.assistant.dates.parts;

import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/**
 * A time of day as it was written.
 *
 * @param isOpen whether it can be before or after noon: without am or pm, and without a leading zero
 */
public record ClockTime(int hour, int minute, boolean isOpen) {
    /** {@code at 1} to {@code at 6} mean the afternoon, because few people are up at night. */
    private static final int LAST_OF_AFTERNOON = 6;

    public LocalTime on(@Nullable DayPart part) {
        boolean isLater =
                isOpen && hour < 12 && (part == null ? hour >= 1 && hour <= LAST_OF_AFTERNOON : part.isAfterNoon());
        return LocalTime.of(isLater ? hour + 12 : hour, minute);
    }
}
