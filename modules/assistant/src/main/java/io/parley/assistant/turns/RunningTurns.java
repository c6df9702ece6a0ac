package io.parley.assistant.turns;

import io.parley.assistant.models.ModelFailure;
import io.parley.assistant.turns.storage.TurnKey;
import io.parley.assistant.turns.storage.TurnStore;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The turns that run on this verticle. A lease in the database shows other nodes that they are still running. */
final class RunningTurns {
    private static final int CLOSING_SECONDS = 5;

    private final TurnStore store;
    private final Map<UUID, RunningTurn> byId = new HashMap<>();

    RunningTurns(TurnStore store) {
        this.store = store;
    }

    void add(UUID id, RunningTurn turn) {
        byId.put(id, turn);
    }

    void remove(UUID id) {
        byId.remove(id);
    }

    boolean contains(UUID id) {
        return byId.containsKey(id);
    }

    boolean isEmpty() {
        return byId.isEmpty();
    }

    /** Has no effect if the turn does not run here. */
    void stop(UUID id) {
        var turn = byId.get(id);
        if (turn != null) turn.stop(ModelFailure.Kind.CANCELLED);
    }

    /** Also stops the turns that another node was asked to stop, or has ended. */
    Future<Void> extendLeases() {
        var turns = byId.values().stream().map(RunningTurn::key).toList();
        return store.extendLeases(turns).map(leases -> {
            var lost = turns.stream().map(TurnKey::id).collect(Collectors.toCollection(HashSet::new));
            for (var lease : leases) {
                lost.remove(lease.turnId());
                if (lease.isStopRequested()) stop(lease.turnId());
            }
            lost.forEach(this::stop);
            return null;
        });
    }

    /** Ends all turns, because this node shuts down. Another node ends those that take too long. */
    Future<Void> close() {
        byId.values().forEach(turn -> turn.stop(ModelFailure.Kind.SERVER_ENDED));
        return Future.join(byId.values().stream().map(RunningTurn::ended).toList())
                .timeout(CLOSING_SECONDS, TimeUnit.SECONDS)
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }
}
