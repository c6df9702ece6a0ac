package io.parley.contracts.changes;

import io.parley.kernel.Problem;
import java.util.regex.Pattern;

/**
 * A place between the changes: some have happened, the others are to come. Numbers would not do, for a transaction may
 * get a low one and end after one with a higher.
 *
 * @param second when it was, in seconds since 1970
 * @param snapshot the transactions that had ended by then, as PostgreSQL writes its {@code pg_snapshot}
 */
public record ChangePosition(long second, String snapshot) {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
    private static final Pattern TEXT = Pattern.compile("(\\d{1,12})-(.+)");
    private static final int MAX_LENGTH = 8_000;

    /** Fails invalid where it is no snapshot that PostgreSQL could have written. */
    public ChangePosition {
        if (!isSnapshot(snapshot)) throw invalid();
    }

    /** Reads what {@link #text} wrote; fails invalid where it is something else. */
    public static ChangePosition parse(String text) {
        var parts = TEXT.matcher(text);
        if (!parts.matches()) throw invalid();
        return new ChangePosition(Long.parseLong(parts.group(1)), parts.group(2));
    }

    /** In digits, colons, commas and a hyphen. */
    public String text() {
        return second + "-" + snapshot;
    }

    // The rules of pg_snapshot_in: xmin:xmax:xip_list, the list in ascending order and between the two.
    private static boolean isSnapshot(String text) {
        var parts = text.split(":", -1);
        if (text.length() > MAX_LENGTH || parts.length != 3 || !isNumber(parts[0]) || !isNumber(parts[1])) return false;
        long first = Long.parseLong(parts[0]);
        long end = Long.parseLong(parts[1]);
        return first > 0 && first <= end && (parts[2].isEmpty() || isAscending(parts[2].split(",", -1), first, end));
    }

    private static boolean isAscending(String[] running, long first, long end) {
        long last = first - 1;
        for (var id : running) {
            if (!isNumber(id)) return false;
            long number = Long.parseLong(id);
            if (number <= last || number >= end) return false;
            last = number;
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
