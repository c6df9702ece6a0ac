package io.parley.contracts;

import io.parley.kernel.Address;
import io.parley.kernel.Problem;
import java.time.Duration;
import java.util.List;

/**
 * Permanent removal of what has been in the trash for long enough, batch by batch. Each module removes its own rows. The
 * rows of a batch are removed one user at a time, those of each user completely or not at all, on any number of nodes at once.
 * If those of a user take too long, they are kept and the batch fails with a timeout; send the request again with a smaller
 * limit.
 *
 * <p>A conversation is purged in steps: it is marked, after which it cannot be restored; its messages and the links from
 * tasks are removed; then the conversation itself. The modules idempotency, changes and webhooks have no trash. They remove the rows that
 * have expired by their own rules, whatever the given age.
 */
public final class Purge {
    /** In the order that needs the fewest rounds. */
    public static final List<String> MODULES =
            List.of("conversations", "messages", "tasks", "files", "idempotency", "changes", "webhooks");

    /**
     * The maximum duration of a batch's statement, after which PostgreSQL cancels it. None may hold locks for more than 200 ms. The
     * rest of these is a reserve, because the server notices the limit late, and because the transaction may wait half as
     * long for its end if the network breaks.
     */
    public static final Duration LIMIT = Duration.ofMillis(100);

    public static Address<Batch, Purged> of(String module) {
        return new Address<>(module + ".purge");
    }

    /**
     * @param olderThan the minimum time in the trash
     * @param limit the maximum number of rows to change or remove, 1 to 10,000
     */
    public record Batch(Duration olderThan, int limit) {
        public Batch {
            if (olderThan.isNegative()) throw Problem.invalid("olderThan", "must not be negative");
            if (limit < 1 || limit > 10_000) throw Problem.invalid("limit", "must be from 1 to 10000");
        }
    }

    /**
     * @param removed the number of rows removed
     * @param more whether another round over all modules may find more rows
     */
    public record Purged(int removed, boolean more) {}

    private Purge() {}
}
