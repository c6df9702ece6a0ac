package io.parley.retention;

import io.parley.kernel.Bus;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Purges the trash at intervals, with jitter, so that nodes do not purge together. */
public final class RetentionVerticle extends VerticleBase {
    private static final Logger log = LoggerFactory.getLogger(RetentionVerticle.class);

    private final Bus bus;
    private final RetentionSettings settings;

    public RetentionVerticle(Bus bus, RetentionSettings settings) {
        this.bus = bus;
        this.settings = settings;
    }

    @Override
    public Future<?> start() {
        PurgeMeters.announce();
        schedule();
        return Future.succeededFuture();
    }

    private void schedule() {
        vertx.setTimer(withJitter(settings.interval()), timer -> purge());
    }

    // From half to one and a half times the interval, so that nodes that started together drift apart.
    private static long withJitter(Duration interval) {
        long millis = interval.toMillis();
        return millis / 2 + ThreadLocalRandom.current().nextLong(millis + 1);
    }

    private void purge() {
        new TrashPurge(bus, settings.trashAge())
                .run()
                .onSuccess(PurgeMeters::purged)
                .onSuccess(RetentionVerticle::logPurged)
                .onFailure(failure -> log.warn("Purge failed; the next run continues: {}", failure.getMessage()))
                .onComplete(done -> schedule());
    }

    private static void logPurged(Map<String, Long> rowsByModule) {
        if (rowsByModule.values().stream().anyMatch(rows -> rows > 0)) log.info("Purged {}", rowsByModule);
    }
}
