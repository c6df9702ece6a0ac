package io.parley.config;

import io.parley.contracts.Purge;
import io.parley.contracts.Purge.Batch;
import io.parley.kernel.Bus;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Empties the trash of what has lain there for long, in rounds over all modules until one finds nothing more. It may
 * run on several nodes at once, and be cut off anywhere: the next one goes on. Keys of requests go with it, by their own age.
 */
final class TrashPurge {
    /** So few rows that no lock is held for longer than 200 ms, foreign keys and indexes included. */
    private static final int BATCH = 250;

    private final Bus bus;
    private final Batch batch;

    TrashPurge(Bus bus, Duration olderThan) {
        this.bus = bus;
        this.batch = new Batch(olderThan, BATCH);
    }

    /** How many rows of each module are gone; fails with what a module failed with. */
    Future<Map<String, Long>> run() {
        Promise<Map<String, Long>> done = Promise.promise();
        continueWith(new LinkedHashMap<>(), done);
        return done.future();
    }

    // A chain of composed futures as long as there are rounds would end in a stack overflow.
    private void continueWith(Map<String, Long> removed, Promise<Map<String, Long>> done) {
        round(removed).onFailure(done::fail).onSuccess(more -> {
            if (more) continueWith(removed, done);
            else done.complete(removed);
        });
    }

    private Future<Boolean> round(Map<String, Long> removed) {
        var more = Future.succeededFuture(false);
        for (var module : Purge.MODULES) {
            more = more.compose(before -> bus.ask(Purge.of(module), batch).map(purged -> {
                removed.merge(module, (long) purged.removed(), Long::sum);
                return before || purged.more();
            }));
        }
        return more;
    }
}
