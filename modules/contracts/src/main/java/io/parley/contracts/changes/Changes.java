package io.parley.contracts.changes;

import io.parley.kernel.Address;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the changes module answers: which of a user's resources have changed since a position. */
public final class Changes {
    /** The minimum time that changes are kept: long enough for a network or a node to recover. */
    public static final Duration RETENTION = Duration.ofMinutes(10);

    /** Maximum number of changes per watch in one answer. A client that missed more should reload its data instead. */
    public static final int MAX_CHANGES = 200;

    /** The changes since the position of each watch. */
    public static final Address<Since, ChangesSince> SINCE = new Address<>("changes.since");

    public record Since(List<Watch> watches) {}

    /**
     * One user whose changes are followed.
     *
     * @param after null asks for the current position only
     */
    public record Watch(UUID userId, @Nullable ChangePosition after) {}

    /** @param results one for each watch, in the same order */
    public record ChangesSince(List<WatchResult> results) {}

    /**
     * @param changes in the order in which their transactions were committed
     * @param now the position after them
     * @param isIncomplete whether there were more than {@link #MAX_CHANGES} changes, or some that are no longer kept; the
     *     list is empty then
     */
    public record WatchResult(List<Change> changes, ChangePosition now, boolean isIncomplete) {}

    private Changes() {}
}
