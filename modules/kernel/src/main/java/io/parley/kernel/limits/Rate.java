package io.parley.kernel.limits;

import io.parley.kernel.time.HumanDuration;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

/**
 * A token bucket, written as {@code 60/m} or {@code 10/15m}: it holds so many tokens and refills evenly, from empty to full in the
 * period.
 */
public record Rate(int tokens, Duration period) {
    private static final Pattern FORM =
            Pattern.compile("([1-9][0-9]{0,8})/(?:([smhd])|((?:[0-9]{1,9}(?:ms|[smhd]))+))");
    private static final Duration LONGEST = Duration.ofDays(366);

    public Rate {
        if (tokens < 1) throw new IllegalArgumentException("a bucket has at least one token");
        if (period.compareTo(Duration.ofMillis(1)) < 0 || period.compareTo(LONGEST) > 0)
            throw new IllegalArgumentException("a bucket refills in 1ms to 366d");
    }

    /** Fails with {@link IllegalArgumentException} if it is not written like that. */
    public static Rate parse(String text) {
        var form = FORM.matcher(text);
        if (!form.matches()) throw new IllegalArgumentException("not a rate");
        var period = form.group(2) == null ? form.group(3) : "1" + form.group(2);
        try {
            return new Rate(Integer.parseInt(form.group(1)), HumanDuration.parse(period));
        } catch (DateTimeParseException notATime) {
            throw new IllegalArgumentException("not a rate", notATime);
        }
    }

    /** The time in which one token comes back; at least a microsecond. */
    public Duration perToken() {
        var time = period.dividedBy(tokens);
        return time.toNanos() < 1_000 ? Duration.ofNanos(1_000) : time;
    }

    public long nanosPerToken() {
        return perToken().toNanos();
    }

    public long nanos() {
        return period.toNanos();
    }

    @Override
    public String toString() {
        return tokens + "/" + HumanDuration.format(period);
    }
}
