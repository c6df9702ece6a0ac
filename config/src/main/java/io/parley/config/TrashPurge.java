package io.parley.config;

import io.parley.contracts.Purge;
import io.parley.contracts.Purge.Batch;
import io.parley.contracts.Purge.Purged;
import io.parley.kernel.Bus;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;

/**
 * Empties the trash of what has lain there for long, in rounds over all modules until one finds nothing more. It may
 * run on several nodes at once, and be cut off anywhere: the next one goes on.
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

    /** How many rows are gone; fails with what a module failed with. */
    Future<Long> run() {
        Promise<Long> done = Promise.promise();
        continueFrom(0, done);
        return done.future();
    }

    // A chain of composed futures as long as there are rounds would end in a stack overflow.
    private void continueFrom(long removed, Promise<Long> done) {
        round().onFailure(done::fail).onSuccess(round -> {
            long sum = removed + round.removed();
            if (round.more()) continueFrom(sum, done);
            else done.complete(sum);
        });
    }

    private Future<Purged> round() {
        var round = Future.succeededFuture(new Purged(0, false));
        for (var module : Purge.MODULES) {
            round = round.compose(before -> bus.ask(Purge.of(module), batch).map(purged -> sum(before, purged)));
        }
        return round;
    }

    private static Purged sum(Purged one, Purged other) {
        return new Purged(one.removed() + other.removed(), one.more() || other.more());
    }
}
