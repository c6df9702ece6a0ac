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
 * One purge of all modules, in rounds until a round finds nothing more. It may run on several nodes at once and may be
 * interrupted at any point: the next one continues.
 */
public final class TrashPurge {
    private final List<ModulePurge> modules;

    /** @param olderThan the minimum time in the trash; idempotency keys and changes expire by an age of their own */
    public TrashPurge(Bus bus, Duration olderThan) {
        this.modules = Purge.MODULES.stream()
                .map(module -> new ModulePurge(bus, module, olderThan))
                .toList();
    }

    /** Returns the purged rows by module. If a module fails, the others are purged; then the future fails with its error. */
    public Future<Map<String, Long>> run() {
        Promise<Map<String, Long>> done = Promise.promise();
        runRounds(done);
        return done.future();
    }

    // A chain of composed futures, one per round, would end in a stack overflow.
    private void runRounds(Promise<Map<String, Long>> done) {
        round().onFailure(done::fail).onSuccess(more -> {
            if (more) runRounds(done);
            else result().onComplete(done);
        });
    }

    private Future<Boolean> round() {
        var anyMore = Future.succeededFuture(false);
        for (var module : modules) {
            anyMore = anyMore.compose(before -> module.purgeBatch().map(more -> before || more));
        }
        return anyMore;
    }

    private Future<Map<String, Long>> result() {
        var failure =
                modules.stream().flatMap(module -> module.failure().stream()).findFirst();
        if (failure.isPresent()) return Future.failedFuture(failure.get());
        var rowsByModule = new LinkedHashMap<String, Long>();
        for (var module : modules) rowsByModule.put(module.name(), module.purgedRows());
        return Future.succeededFuture(rowsByModule);
    }
}
