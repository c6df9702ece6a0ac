package io.parley.assistant.dates;

import io.parley.assistant.dates.parts.ClockTime;
import io.parley.assistant.dates.parts.DayPart;
import io.parley.assistant.dates.parts.Moment;
import io.parley.assistant.dates.parts.PhrasePart;
import io.parley.assistant.dates.parts.Reading;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The moment that the parts of a phrase name together. */
record Combination(List<PhrasePart> parts, ZonedDateTime now) {
    private static final int DATE_AND_WEEKDAY = 2;

    /** Empty if the parts do not belong together, such as two times. */
    Optional<Reading> reading() {
        var exact = values(PhrasePart::exact);
        if (!exact.isEmpty()) return parts.size() == 1 ? found(exact.get(0)) : Optional.empty();
        var days = values(PhrasePart::day);
        var clocks = values(PhrasePart::clock);
        var dayParts = values(PhrasePart::dayPart);
        if (days.size() > DATE_AND_WEEKDAY || clocks.size() > 1 || dayParts.size() > 1) return Optional.empty();
        if (days.size() == DATE_AND_WEEKDAY) {
            if (!isDateBesideWeekday()) return Optional.empty();
            if (days.get(0).getDayOfWeek() != days.get(1).getDayOfWeek())
                return Optional.of(Reading.Refused.NO_WEEKDAY);
        }
        var time = time(clocks.isEmpty() ? null : clocks.get(0), dayParts.isEmpty() ? null : dayParts.get(0));
        if (time == null && !clocks.isEmpty()) return Optional.of(Reading.Refused.MIDNIGHT);
        return moment(days.isEmpty() ? null : day(), time);
    }

    private boolean isDateBesideWeekday() {
        for (int at = 1; at < parts.size(); at++)
            if (parts.get(at - 1).day() != null && parts.get(at).day() != null)
                return parts.get(at - 1).isWeekday() != parts.get(at).isWeekday();
        return false;
    }

    // The date rather than the weekday beside it.
    private @Nullable LocalDate day() {
        return parts.stream()
                .filter(part -> part.day() != null)
                .sorted((one, other) -> Boolean.compare(one.isWeekday(), other.isWeekday()))
                .map(PhrasePart::day)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable LocalTime time(@Nullable ClockTime clock, @Nullable DayPart part) {
        if (clock == null) return part == null ? null : part.time;
        boolean isMidnight = part == DayPart.NIGHT && clock.isOpen() && clock.hour() == 12;
        return isMidnight ? null : clock.on(part);
    }

    private Optional<Reading> moment(@Nullable LocalDate day, @Nullable LocalTime time) {
        if (time == null) return Optional.of(new Reading.Found(new Moment(Objects.requireNonNull(day), null)));
        if (day != null) return at(day, time);
        boolean isPast = !now.toLocalDate().atTime(time).isAfter(now.toLocalDateTime());
        return at(now.toLocalDate().plusDays(isPast ? 1 : 0), time);
    }

    // The clocks skip some times when they go forward.
    private Optional<Reading> at(LocalDate day, LocalTime time) {
        var local = day.atTime(time);
        return now.getZone().getRules().getValidOffsets(local).isEmpty()
                ? Optional.of(Reading.Refused.NO_TIME)
                : found(local.atZone(now.getZone()));
    }

    private static Optional<Reading> found(ZonedDateTime time) {
        return Optional.of(new Reading.Found(new Moment(time.toLocalDate(), time)));
    }

    private <T> List<T> values(Function<PhrasePart, @Nullable T> member) {
        return parts.stream()
                .map(member)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
    }
}
