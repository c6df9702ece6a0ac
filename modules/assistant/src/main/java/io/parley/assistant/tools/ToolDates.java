package io.parley.assistant.tools;

import io.parley.assistant.dates.DateReader;
import io.parley.assistant.dates.DateWords;
import io.parley.assistant.dates.parts.Moment;
import io.parley.assistant.dates.parts.Reading.Found;
import io.parley.assistant.dates.parts.Reading.Refused;
import io.parley.json.Times;
import io.parley.kernel.Problem;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Dates in the arguments of tools: RFC 3339; the same without an offset, in the user's time zone; or the user's own words,
 * because a model may not know what day it is.
 */
public record ToolDates(Clock clock) {
    private static final Pattern LOCAL =
            Pattern.compile("(\\d{4}-\\d{2}-\\d{2})[Tt ](\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?)");
    private static final Pattern WITHOUT_SECONDS = Pattern.compile(
            "(\\d{4}-\\d{2}-\\d{2}[Tt ]\\d{2}:\\d{2})(:\\d{2}(?:\\.\\d{1,9})?)?([Zz]|[+-]\\d{2}:\\d{2})");

    /** In characters. */
    static final int MAX_LENGTH = 100;

    /** How a schema describes such an argument. */
    static final String FORMS =
            "in RFC 3339 such as 2027-03-31T17:00:00+02:00, or in the user's own words such as tomorrow at 5pm";

    /** A day alone means its end. Fails invalid, pointing at the argument; null stays null. */
    @Nullable Instant end(String argument, @Nullable String text, ZoneId zone) {
        return text == null ? null : moment(argument, text.strip(), zone).orEndOfDay(zone);
    }

    /** A day alone means its beginning. Fails invalid, pointing at the argument; null stays null. */
    @Nullable Instant start(String argument, @Nullable String text, ZoneId zone) {
        return text == null ? null : moment(argument, text.strip(), zone).orStartOfDay(zone);
    }

    private Moment moment(String argument, String text, ZoneId zone) {
        var absolute = absolute(text);
        if (absolute.isPresent()) return moment(absolute.get(), zone);
        var words = Stream.of(local(text).split("\\s+", -1)).map(DateWords::key).toList();
        var reading = DateReader.read(words, true, clock.instant().atZone(zone));
        if (reading.isPresent() && reading.get() instanceof Found found) return found.moment();
        var reason = reading.isPresent() && reading.get() instanceof Refused refused
                ? refused.reason()
                : "is not a date that I understand";
        throw Problem.invalid(
                '/' + argument,
                "\"" + Excerpt.of(text, 50) + "\" " + reason + "; today is "
                        + DateText.day(clock.instant().atZone(zone).toLocalDate()) + " in " + zone
                        + ", and a date is written "
                        + FORMS);
    }

    private static Optional<Instant> absolute(String text) {
        var parts = WITHOUT_SECONDS.matcher(text);
        if (!parts.matches()) return Optional.empty();
        var seconds = parts.group(2) == null ? ":00" : parts.group(2);
        return Times.parse(parts.group(1).replace(' ', 'T') + seconds + parts.group(3));
    }

    private static Moment moment(Instant time, ZoneId zone) {
        var local = time.atZone(zone);
        return new Moment(local.toLocalDate(), local);
    }

    // As words: the date, then the time. Seconds are cut off, because people do not say them.
    private static String local(String text) {
        var parts = LOCAL.matcher(text);
        if (!parts.matches()) return text;
        return parts.group(1) + ' ' + parts.group(2).substring(0, 5);
    }
}
