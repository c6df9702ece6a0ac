package io.parley.assistant.turns;

import io.parley.contracts.assistant.Chat;
import io.parley.contracts.assistant.Turn;
import io.parley.contracts.assistant.TurnEvent;
import io.parley.kernel.Bus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Writes down that a turn has ended, if need be when the database is back. Its last event is stored with that: between
 * the two a server could die, and whoever follows the turn would wait for ever.
 */
final class TurnCompletion {
    private static final int ATTEMPTS = 60;
    private static final long PAUSE_MILLIS = 1000;

    private final Vertx vertx;
    private final Bus bus;
    private final TurnStore store;

    TurnCompletion(Vertx vertx, Bus bus, TurnStore store) {
        this.vertx = vertx;
        this.bus = bus;
        this.store = store;
    }

    /** Fails where somebody else has ended it, or the database stays away: then it will be found stale. */
    Future<Void> end(Turn turn, TurnOutcome outcome) {
        return end(turn.id(), outcome, 1);
    }

    private Future<Void> end(UUID id, TurnOutcome outcome, int attempt) {
        return store.finish(id, outcome)
                .compose(
                        last -> ended(id, last, attempt),
                        failure -> attempt == ATTEMPTS
                                ? Future.failedFuture(failure)
                                : vertx.timer(PAUSE_MILLIS, TimeUnit.MILLISECONDS)
                                        .compose(passed -> end(id, outcome, attempt + 1)));
    }

    // After an attempt whose answer was lost it has most likely been done; its followers look for themselves.
    private Future<Void> ended(UUID id, Optional<TurnEvent> last, int attempt) {
        last.ifPresent(event -> bus.publish(Chat.HAPPENED, event));
        return last.isPresent() || attempt > 1
                ? Future.succeededFuture()
                : Future.failedFuture("somebody else has ended turn " + id);
    }
}
