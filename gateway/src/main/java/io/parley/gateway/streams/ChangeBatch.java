package io.parley.gateway.streams;

import io.parley.contracts.changes.Change;
import io.parley.contracts.changes.Change.Kind;
import io.parley.contracts.changes.ChangePosition;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Queue;
import java.util.UUID;

/**
 * Changes that are delivered together.
 *
 * @param waiting those that are still to be delivered
 * @param end the client's position after all of them
 */
record ChangeBatch(Queue<Change> waiting, ChangePosition end) {
    /** Keeps one change per resource, because an event has the current state of the resource anyway. */
    static ChangeBatch of(List<Change> changes, ChangePosition end) {
        var latest = new LinkedHashMap<UUID, Change>();
        for (var change : changes) {
            var previous = latest.remove(change.id());
            boolean isStillNew = previous != null && previous.kind() == Kind.CREATED && change.kind() == Kind.UPDATED;
            latest.put(change.id(), isStillNew ? previous : change);
        }
        return new ChangeBatch(new ArrayDeque<>(latest.values()), end);
    }
}
