package io.parley.retention;

import io.parley.contracts.Purge;
import io.parley.contracts.Purge.Batch;
import io.parley.contracts.Purge.Purged;
import io.parley.kernel.Bus;
import io.parley.kernel.Problem;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Empties the trash of one module, batch by batch, until one fails for good. */
final class ModulePurge {
    private static final Logger log = LoggerFactory.getLogger(ModulePurge.class);

    private final Bus bus;
    private final String module;
    private final Duration olderThan;
    private final BatchSizer pace = new BatchSizer();
    private long removed;
    private Optional<Throwable> failure = Optional.empty();

    ModulePurge(Bus bus, String module, Duration olderThan) {
        this.bus = bus;
        this.module = module;
        this.olderThan = olderThan;
    }

    String module() {
        return module;
    }

    /** How many rows are gone. */
    long removed() {
        return removed;
    }

    /** Why there are no more batches. */
    Optional<Throwable> failure() {
        return failure;
    }

    /** Whether another one may find more. */
    Future<Boolean> batch() {
        if (failure.isPresent()) return Future.succeededFuture(false);
        long start = System.nanoTime();
        return bus.ask(Purge.of(module), new Batch(olderThan, pace.rows()))
                .map(purged -> done(purged, Duration.ofNanos(System.nanoTime() - start)))
                .recover(this::retry);
    }

    private boolean done(Purged purged, Duration time) {
        removed += purged.removed();
        pace.took(time);
        return purged.more();
    }

    private Future<Boolean> retry(Throwable problem) {
        if (isTimeout(problem) && pace.slower()) return batch();
        log.warn("Of the {} no more are removed in this run: {}", module, problem.getMessage());
        failure = Optional.of(problem);
        return Future.succeededFuture(false);
    }

    private static boolean isTimeout(Throwable failure) {
        return failure instanceof Problem problem && problem.kind() == Problem.Kind.TIMEOUT;
    }
}
