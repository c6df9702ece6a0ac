package io.parley.contracts.changes;

import io.parley.kernel.Problem;
import java.util.regex.Pattern;

/**
 * How far a client has read the changes of its user: up to and including the one of this number. Numbers are the user's
 * own, so they say nothing about other users.
 *
 * @param number the number of the last change read, 0 before the first; {@link #UNKNOWN} has none
 */
public record ChangePosition(long number) {
    /** A position from before changes were numbered: a client that reconnects with it must reload. */
    public static final ChangePosition UNKNOWN = new ChangePosition(-1);

    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
    private static final Pattern OLD_FORM = Pattern.compile("\\d{1,12}-[\\d:,]{3,8000}");

    /** Reads what {@link #text} wrote; fails invalid if it is something else. */
    public static ChangePosition parse(String text) {
        if (NUMBER.matcher(text).matches()) return new ChangePosition(Long.parseLong(text));
        if (OLD_FORM.matcher(text).matches()) return UNKNOWN;
        throw Problem.invalid("Last-Event-ID", "must be the id of an event");
    }

    /** In decimal digits. */
    public String text() {
        return Long.toString(number);
    }
}
