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

/** Purges one module in batches, and stops if a batch fails for good. */
final class ModulePurge {
    private static final Logger log = LoggerFactory.getLogger(ModulePurge.class);

    private final Bus bus;
    private final String name;
    private final Duration olderThan;
    private final BatchSizer batchSize = new BatchSizer();
    private long purgedRows;
    private Optional<Throwable> failure = Optional.empty();

    ModulePurge(Bus bus, String name, Duration olderThan) {
        this.bus = bus;
        this.name = name;
        this.olderThan = olderThan;
    }

    String name() {
        return name;
    }

    long purgedRows() {
        return purgedRows;
    }

    /** Why a batch failed; no other batch follows it. */
    Optional<Throwable> failure() {
        return failure;
    }

    /** Returns whether another batch may find more. */
    Future<Boolean> purgeBatch() {
        if (failure.isPresent()) return Future.succeededFuture(false);
        long startedAt = System.nanoTime();
        return bus.ask(Purge.of(name), new Batch(olderThan, batchSize.rows()))
                .map(purged -> succeeded(purged, Duration.ofNanos(System.nanoTime() - startedAt)))
                .recover(this::retrySmaller);
    }

    private boolean succeeded(Purged purged, Duration time) {
        purgedRows += purged.removed();
        batchSize.succeeded(time);
        return purged.more();
    }

    private Future<Boolean> retrySmaller(Throwable cause) {
        if (isTimeout(cause) && batchSize.timedOut()) return purgeBatch();
        log.warn("Stopped purging {} until the next run: {}", name, cause.getMessage());
        failure = Optional.of(cause);
        return Future.succeededFuture(false);
    }

    private static boolean isTimeout(Throwable cause) {
        return cause instanceof Problem problem && problem.kind() == Problem.Kind.TIMEOUT;
    }
}
