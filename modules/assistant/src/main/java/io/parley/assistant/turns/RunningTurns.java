package io.parley.assistant.turns;

import io.parley.assistant.models.ModelFailure;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** The turns that run here. */
public final class RunningTurns {
    private static final int CLOSING_SECONDS = 5;

    private final TurnStore store;
    private final Map<UUID, RunningTurn> running = new HashMap<>();

    public RunningTurns(TurnStore store) {
        this.store = store;
    }

    public void add(UUID id, RunningTurn run) {
        running.put(id, run);
    }

    public void remove(UUID id) {
        running.remove(id);
    }

    public boolean has(UUID id) {
        return running.containsKey(id);
    }

    public boolean isEmpty() {
        return running.isEmpty();
    }

    /** Changes nothing where it does not run here. */
    public void stop(UUID id) {
        var run = running.get(id);
        if (run != null) run.stop(ModelFailure.Kind.CANCELLED);
    }

    /** Keeps them from being found stale, and hears what was said about them elsewhere. */
    public Future<Void> beat() {
        var ids = List.copyOf(running.keySet());
        return store.beat(ids).map(beats -> {
            var lost = new HashSet<>(ids);
            for (var beat : beats) {
                lost.remove(beat.id());
                if (beat.stopRequested()) stop(beat.id());
            }
            lost.forEach(this::stop);
            return null;
        });
    }

    /** Ends them, since this server ends; what takes too long is found stale elsewhere. */
    public Future<Void> close() {
        running.values().forEach(run -> run.stop(ModelFailure.Kind.SERVER_ENDED));
        return Future.join(running.values().stream().map(RunningTurn::ended).toList())
                .timeout(CLOSING_SECONDS, TimeUnit.SECONDS)
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }
}
