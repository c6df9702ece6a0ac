package io.parley.kernel.time;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** A time, or a whole day wherever its owner is. Exactly one of the two is not null. */
public record DayOrTime(@Nullable LocalDate day, @Nullable Instant time) {
    /** The end of a day, to the minute, because that is what people write. */
    public static final LocalTime END_OF_DAY = LocalTime.of(23, 59);

    public DayOrTime {
        if ((day == null) == (time == null)) throw new IllegalArgumentException("either a day or a time");
    }

    public static DayOrTime on(LocalDate day) {
        return new DayOrTime(day, null);
    }

    public static DayOrTime at(Instant time) {
        return new DayOrTime(null, time);
    }

    /** 23:59 of the day; the later one if the clocks go back over it. */
    public static Instant endOf(LocalDate day, ZoneId zone) {
        return day.atTime(END_OF_DAY).atZone(zone).withLaterOffsetAtOverlap().toInstant();
    }
}
