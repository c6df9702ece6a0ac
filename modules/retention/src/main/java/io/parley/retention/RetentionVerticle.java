package io.parley.retention;

import io.parley.kernel.Bus;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Empties the trash every so often; the nodes of a cluster at different times. */
public final class RetentionVerticle extends VerticleBase {
    private static final Logger log = LoggerFactory.getLogger(RetentionVerticle.class);

    private final Bus bus;
    private final RetentionSettings retention;

    public RetentionVerticle(Bus bus, RetentionSettings retention) {
        this.bus = bus;
        this.retention = retention;
    }

    @Override
    public Future<?> start() {
        schedule();
        return Future.succeededFuture();
    }

    private void schedule() {
        vertx.setTimer(jittered(retention.interval()), timer -> purge());
    }

    // Between half and one and a half of the interval, so that nodes which started together drift apart.
    private static long jittered(Duration interval) {
        long millis = interval.toMillis();
        return millis / 2 + ThreadLocalRandom.current().nextLong(millis + 1);
    }

    private void purge() {
        new TrashPurge(bus, retention.deleted())
                .run()
                .onSuccess(RetentionVerticle::tell)
                .onFailure(failure -> log.warn("Emptying the trash is put off: {}", failure.getMessage()))
                .onComplete(done -> schedule());
    }

    private static void tell(Map<String, Long> removed) {
        if (removed.values().stream().anyMatch(rows -> rows > 0))
            log.info("Removed what had been deleted for long: {}", removed);
    }
}
