package io.parley.assistant.turns;

import io.parley.assistant.models.ModelFailure;
import io.parley.assistant.turns.storage.LeaseStore;
import io.parley.assistant.turns.storage.TurnKey;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The turns that run on this verticle. A lease in the database shows other nodes that they are still running. */
final class RunningTurns {
    private static final int CLOSING_SECONDS = 5;

    private final LeaseStore leases;
    private final Map<UUID, RunningTurn> byId = new HashMap<>();
    private final Map<UUID, RunningTurn> unstored = new HashMap<>();

    RunningTurns(LeaseStore leases) {
        this.leases = leases;
    }

    void add(UUID id, RunningTurn turn) {
        byId.put(id, turn);
    }

    void remove(UUID id) {
        byId.remove(id);
    }

    /** A turn without a row, and so without a lease. */
    void addUnstored(UUID id, RunningTurn turn) {
        unstored.put(id, turn);
    }

    void removeUnstored(UUID id) {
        unstored.remove(id);
    }

    boolean contains(UUID id) {
        return byId.containsKey(id);
    }

    boolean isEmpty() {
        return byId.isEmpty();
    }

    /** Has no effect if the turn does not run here. */
    void stop(UUID id) {
        var turn = byId.getOrDefault(id, unstored.get(id));
        if (turn != null) turn.stop(ModelFailure.Kind.CANCELLED);
    }

    /** Also stops the turns that another node was asked to stop, or has ended. */
    Future<Void> extendLeases() {
        var turns = byId.values().stream().map(RunningTurn::key).toList();
        return leases.extend(turns).map(extended -> {
            var lost = turns.stream().map(TurnKey::id).collect(Collectors.toCollection(HashSet::new));
            for (var lease : extended) {
                lost.remove(lease.turnId());
                if (lease.isStopRequested()) stop(lease.turnId());
            }
            lost.forEach(this::stop);
            return null;
        });
    }

    /** Ends all turns, because this node shuts down. Another node ends those that take too long. */
    Future<Void> close() {
        var all = Stream.concat(byId.values().stream(), unstored.values().stream())
                .toList();
        all.forEach(turn -> turn.stop(ModelFailure.Kind.SERVER_ENDED));
        return Future.join(all.stream().map(RunningTurn::ended).toList())
                .timeout(CLOSING_SECONDS, TimeUnit.SECONDS)
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }
}
