package io.parley.assistant.turns;

import io.parley.assistant.turns.storage.LeaseStore;
import io.parley.assistant.turns.storage.TurnCompletion;
import io.parley.assistant.turns.storage.TurnEventStore;
import io.parley.kernel.Bus;
import io.vertx.core.Vertx;

/** Finds the turns whose node has died, by their leases, and ends them. */
final class AbandonedTurns {
    private final Vertx vertx;
    private final Bus bus;
    private final LeaseStore leases;
    private final TurnEventStore events;
    private final TurnCompletion completion;
    private final RunningTurns running;

    private boolean isDatabaseAway;

    AbandonedTurns(
            Vertx vertx,
            Bus bus,
            LeaseStore leases,
            TurnEventStore events,
            TurnCompletion completion,
            RunningTurns running) {
        this.vertx = vertx;
        this.bus = bus;
        this.leases = leases;
        this.events = events;
        this.completion = completion;
        this.running = running;
    }

    // During an outage of the database no lease can be extended. After it, each node first extends its own.
    void recover() {
        if (isDatabaseAway) running.extendLeases().onSuccess(extended -> isDatabaseAway = false);
        else takeOver();
    }

    private void takeOver() {
        leases.takeAbandoned()
                .onFailure(failure -> isDatabaseAway = true)
                .onSuccess(abandoned -> abandoned.stream()
                        .filter(turn -> !running.contains(turn.id()))
                        .forEach(turn -> new TurnRecovery(vertx, bus, turn, events, completion).run()));
    }
}
