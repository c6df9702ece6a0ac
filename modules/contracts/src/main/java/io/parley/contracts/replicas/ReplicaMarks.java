package io.parley.contracts.replicas;

import io.parley.kernel.Address;
import io.parley.kernel.None;
import java.util.UUID;

/** How far a replica must be to show users what they wrote. Every node that reads at replicas answers. */
public final class ReplicaMarks {
    /** A position that is not known; it counts as later than any that is. */
    public static final long UNKNOWN = Long.MAX_VALUE;

    /** From the answer on, the node reads for the user only at replicas that have come so far. */
    public static final Address<Raise, None> RAISE = new Address<>("replicas.marks.raise");

    /** @param position in the primary's log (LSN) by which a write of the user was committed, or {@link #UNKNOWN} */
    public record Raise(UUID userId, long position) {}

    private ReplicaMarks() {}
}
