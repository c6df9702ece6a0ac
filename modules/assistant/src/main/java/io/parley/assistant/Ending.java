package io.parley.assistant;

import io.parley.contracts.assistant.Turn;
import io.parley.contracts.assistant.Turn.Status;
import io.parley.contracts.assistant.Turn.Usage;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Writes down that a turn has ended, if need be when the database is back. */
final class Ending {
    private static final int ATTEMPTS = 60;
    private static final long PAUSE_MILLIS = 1000;

    private final Vertx vertx;
    private final TurnStore store;

    Ending(Vertx vertx, TurnStore store) {
        this.vertx = vertx;
        this.store = store;
    }

    /** Fails where somebody else has ended it, or the database stays away: then it will be found stale. */
    Future<Void> end(Turn turn, Status status, @Nullable String error, @Nullable Usage usage) {
        return end(turn, status, error, usage, 1);
    }

    private Future<Void> end(Turn turn, Status status, @Nullable String error, @Nullable Usage usage, int attempt) {
        return store.finish(turn.id(), status, error, usage)
                .compose(
                        // After an attempt whose answer was lost it has most likely been done.
                        ended -> ended.isPresent() || attempt > 1
                                ? Future.succeededFuture()
                                : Future.failedFuture("somebody else has ended turn " + turn.id()),
                        failure -> attempt == ATTEMPTS
                                ? Future.failedFuture(failure)
                                : vertx.timer(PAUSE_MILLIS, TimeUnit.MILLISECONDS)
                                        .compose(passed -> end(turn, status, error, usage, attempt + 1)));
    }
}
