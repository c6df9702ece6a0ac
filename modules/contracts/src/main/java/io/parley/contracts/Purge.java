package io.parley.contracts;

import io.parley.kernel.Address;
import io.parley.kernel.Problem;
import java.time.Duration;
import java.util.List;

/**
 * Removing for good what has lain in the trash for long, a batch at a time. Every module removes what is its own, and
 * a batch is one statement: all or nothing, on any number of nodes at once, whoever dies. One that takes too long is
 * nothing, and fails as a time-out: to be asked for again with fewer rows. A conversation goes in steps: it is marked,
 * from when on it cannot be restored; its messages go and the links to it; then itself. The modules idempotency
 * and changes have no trash: they remove what they do not remember any more, whatever the age that is asked for.
 */
public final class Purge {
    /** In the order that takes the fewest rounds. */
    public static final List<String> MODULES = List.of("conversations", "messages", "tasks", "idempotency", "changes");

    /**
     * What a batch may take. No lock is to be held for more than 200 ms: the rest is for a server that notices late, and
     * for the half as long that it waits for a transaction's end where the network breaks.
     */
    public static final Duration LIMIT = Duration.ofMillis(100);

    public static Address<Batch, Purged> of(String module) {
        return new Address<>(module + ".purge");
    }

    /**
     * @param olderThan in the trash for at least so long
     * @param limit at most so many rows are touched, 1 to 10 000
     */
    public record Batch(Duration olderThan, int limit) {
        public Batch {
            if (olderThan.isNegative()) throw Problem.invalid("olderThan", "must not be negative");
            if (limit < 1 || limit > 10_000) throw Problem.invalid("limit", "must be from 1 to 10000");
        }
    }

    /**
     * @param removed how many rows are gone
     * @param more whether another round, over all modules, may find more
     */
    public record Purged(int removed, boolean more) {}

    private Purge() {}
}
