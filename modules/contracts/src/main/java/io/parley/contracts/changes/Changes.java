package io.parley.contracts.changes;

import io.parley.kernel.Address;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the changes module answers: what has changed in the data of users since a place. */
public final class Changes {
    /** How long they are kept at least: long enough for a network to come back, or a node. */
    public static final Duration KEPT = Duration.ofMinutes(10);

    /** As many are told to one watch at once; whoever has missed more has more to load than to be told. */
    public static final int MOST = 200;

    /** What has changed since each watch's place, and the place where all of them are then. */
    public static final Address<Since, News> SINCE = new Address<>("changes.since");

    public record Since(List<Watch> watches) {}

    /** @param after null where nothing is to be told yet */
    public record Watch(UUID userId, @Nullable ChangePosition after) {}

    /** @param found one for each watch, in their order */
    public record News(ChangePosition now, List<Found> found) {}

    /**
     * @param changes in about the order in which they happened, each row's in its own
     * @param isLost whether there have been others that are not known any more, or more than are told
     */
    public record Found(List<Change> changes, boolean isLost) {}

    private Changes() {}
}
