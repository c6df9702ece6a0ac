package io.parley.assistant;

import io.vertx.core.Future;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** The turns that run here. */
final class Runs {
    private static final int CLOSING_SECONDS = 5;

    private final TurnStore store;
    private final Map<UUID, Run> running = new HashMap<>();

    Runs(TurnStore store) {
        this.store = store;
    }

    void add(UUID id, Run run) {
        running.put(id, run);
    }

    void remove(UUID id) {
        running.remove(id);
    }

    boolean has(UUID id) {
        return running.containsKey(id);
    }

    boolean isEmpty() {
        return running.isEmpty();
    }

    /** Changes nothing where it does not run here. */
    void stop(UUID id) {
        var run = running.get(id);
        if (run != null) run.stop(ModelFailure.Kind.CANCELLED);
    }

    /** Keeps them from being found stale, and hears what was said about them elsewhere. */
    Future<Void> beat() {
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
    Future<Void> close() {
        running.values().forEach(run -> run.stop(ModelFailure.Kind.SERVER_ENDED));
        return Future.join(running.values().stream().map(Run::ended).toList())
                .timeout(CLOSING_SECONDS, TimeUnit.SECONDS)
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }
}
