package io.parley.assistant.dates.parts;

import java.time.LocalTime;
import java.util.Optional;

/** A part of a day, with the time that it stands for if no other is given. */
public enum DayPart {
    MORNING(9),
    NOON(12),
    AFTERNOON(15),
    EVENING(18),
    NIGHT(20);

    public final LocalTime time;

    DayPart(int hour) {
        time = LocalTime.of(hour, 0);
    }

    public boolean isAfterNoon() {
        return this == AFTERNOON || this == EVENING || this == NIGHT;
    }

    public static Optional<DayPart> of(String word) {
        return Optional.ofNullable(
                switch (word) {
                    case "morning" -> MORNING;
                    case "noon", "midday" -> NOON;
                    case "afternoon" -> AFTERNOON;
                    case "evening" -> EVENING;
                    case "night" -> NIGHT;
                    default -> null;
                });
    }
}
