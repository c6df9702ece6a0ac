package io.parley.retention;

import io.parley.contracts.Purge;
import io.parley.kernel.Bus;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Empties the trash of what has lain there for long, in rounds over all modules until one finds nothing more. It may
 * run on several nodes at once, and be cut off anywhere: the next one goes on. Keys of requests go with it, by their own age.
 */
public final class TrashPurge {
    private final List<ModulePurge> modules;

    public TrashPurge(Bus bus, Duration olderThan) {
        this.modules = Purge.MODULES.stream()
                .map(module -> new ModulePurge(bus, module, olderThan))
                .toList();
    }

    /** How many rows of each module are gone; where one fails the others go on, then it fails with the same. */
    public Future<Map<String, Long>> run() {
        Promise<Map<String, Long>> done = Promise.promise();
        continueWith(done);
        return done.future();
    }

    // A chain of composed futures as long as there are rounds would end in a stack overflow.
    private void continueWith(Promise<Map<String, Long>> done) {
        round().onFailure(done::fail).onSuccess(more -> {
            if (more) continueWith(done);
            else result().onComplete(done);
        });
    }

    private Future<Boolean> round() {
        var more = Future.succeededFuture(false);
        for (var module : modules) {
            more = more.compose(before -> module.batch().map(found -> before || found));
        }
        return more;
    }

    private Future<Map<String, Long>> result() {
        var failure =
                modules.stream().flatMap(module -> module.failure().stream()).findFirst();
        if (failure.isPresent()) return Future.failedFuture(failure.get());
        var removed = new LinkedHashMap<String, Long>();
        for (var module : modules) removed.put(module.module(), module.removed());
        return Future.succeededFuture(removed);
    }
}
