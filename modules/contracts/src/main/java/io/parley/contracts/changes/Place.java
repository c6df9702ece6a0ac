package io.parley.contracts.changes;

import io.parley.kernel.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A place between the changes: some have happened, the others are to come. Numbers would not do, for a transaction may
 * get a low one and end after one with a higher.
 *
 * @param second when it was, in seconds since 1970
 * @param snapshot the transactions that had ended by then, as PostgreSQL writes its {@code pg_snapshot}
 */
public record Place(long second, String snapshot) {
    private static final Pattern SNAPSHOT = Pattern.compile("(\\d{1,18}):(\\d{1,18}):((?:\\d{1,18},)*\\d{1,18})?");
    private static final Pattern TEXT = Pattern.compile("(\\d{1,12})-(.+)");
    private static final int MAX_LENGTH = 8_000;

    /** Fails invalid where it is no snapshot that PostgreSQL could have written. */
    public Place {
        if (!isSnapshot(snapshot)) throw invalid();
    }

    /** Reads what {@link #text} wrote; fails invalid where it is something else. */
    public static Place parse(String text) {
        var parts = TEXT.matcher(text);
        if (!parts.matches()) throw invalid();
        return new Place(Long.parseLong(parts.group(1)), parts.group(2));
    }

    /** In digits, colons, commas and a hyphen. */
    public String text() {
        return second + "-" + snapshot;
    }

    // The rules of pg_snapshot_in: xmin:xmax:xip_list, the list in ascending order and between the two.
    private static boolean isSnapshot(String text) {
        if (text.length() > MAX_LENGTH) return false;
        var parts = SNAPSHOT.matcher(text);
        if (!parts.matches()) return false;
        long first = Long.parseLong(parts.group(1));
        long end = Long.parseLong(parts.group(2));
        return first > 0 && first <= end && isAscending(running(parts.group(3)), first, end);
    }

    private static List<Long> running(String list) {
        var running = new ArrayList<Long>();
        if (list != null) for (var id : list.split(",", -1)) running.add(Long.parseLong(id));
        return running;
    }

    private static boolean isAscending(List<Long> running, long first, long end) {
        long last = first - 1;
        for (long id : running) {
            if (id <= last || id >= end) return false;
            last = id;
        }
        return true;
    }

    private static Problem invalid() {
        return Problem.invalid("Last-Event-ID", "must be the id of an event");
    }
}
