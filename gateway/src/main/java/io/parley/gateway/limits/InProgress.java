package io.parley.gateway.limits;

import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** How much of one kind each user has in progress in this process. Keeps nothing of users who have nothing in progress. */
final class InProgress {
    private final ConcurrentMap<UUID, Integer> counts = new ConcurrentHashMap<>();

    /** False if the user has as many in progress as allowed; otherwise {@link #end} must follow. */
    boolean begin(UUID userId, int max) {
        if (counts.merge(userId, 1, Integer::sum) <= max) return true;
        end(userId);
        return false;
    }

    void end(UUID userId) {
        counts.computeIfPresent(userId, (id, count) -> count == 1 ? null : count - 1);
    }
}
