package io.parley.contracts.changes;

import io.parley.kernel.Problem;
import java.util.regex.Pattern;

/**
 * A position in the sequence of changes: those before it have been seen, those after it have not. A sequence number would
 * not do, because a transaction with a low number may commit after one with a higher number.
 *
 * @param second when the position was taken, in seconds since 1970
 * @param snapshot the transactions that had ended by then, in the text form of PostgreSQL's {@code pg_snapshot}
 */
public record ChangePosition(long second, String snapshot) {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
    private static final Pattern TEXT = Pattern.compile("(\\d{1,12})-(.+)");
    private static final int MAX_LENGTH = 8_000;

    /** Fails invalid if PostgreSQL could not have written this snapshot. */
    public ChangePosition {
        if (!isSnapshot(snapshot)) throw invalid();
    }

    /** Parses the form that {@link #text} writes; fails invalid for any other text. */
    public static ChangePosition parse(String text) {
        var parts = TEXT.matcher(text);
        if (!parts.matches()) throw invalid();
        return new ChangePosition(Long.parseLong(parts.group(1)), parts.group(2));
    }

    /** Consists of digits, colons, commas and a hyphen only, so that it can be an event id. */
    public String text() {
        return second + "-" + snapshot;
    }

    // The rules of pg_snapshot_in: xmin:xmax:xip_list, where the list is ascending and lies between the two.
    private static boolean isSnapshot(String text) {
        var parts = text.split(":", -1);
        if (text.length() > MAX_LENGTH || parts.length != 3 || !isNumber(parts[0]) || !isNumber(parts[1])) return false;
        long xmin = Long.parseLong(parts[0]);
        long xmax = Long.parseLong(parts[1]);
        return xmin > 0 && xmin <= xmax && (parts[2].isEmpty() || isAscending(parts[2].split(",", -1), xmin, xmax));
    }

    private static boolean isAscending(String[] running, long xmin, long xmax) {
        long previous = xmin - 1;
        for (var id : running) {
            if (!isNumber(id)) return false;
            long number = Long.parseLong(id);
            if (number <= previous || number >= xmax) return false;
            previous = number;
        }
        return true;
    }

    private static boolean isNumber(String text) {
        return NUMBER.matcher(text).matches();
    }

    private static Problem invalid() {
        return Problem.invalid("Last-Event-ID", "must be the id of an event");
    }
}
