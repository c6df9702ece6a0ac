package io.parley.assistant.turns.storage;

import io.parley.contracts.assistant.TurnEvent;
import io.vertx.core.Future;
import java.util.UUID;

/** Takes the events of turns, except their last ones, and publishes them. */
interface TurnEventSink {
    void add(TurnKey turn, int number, TurnEvent.Type type, Record data);

    /**
     * Returns false if the last event of this turn is not a delta of this type that is still waiting to be published: then the
     * text needs an event of its own.
     */
    boolean appendToDelta(UUID turnId, TurnEvent.Type type, String text);

    void addDelta(TurnKey turn, int number, TurnEvent.Type type, String text);

    /** Succeeds when all events so far are published, and stored if they are to be. */
    Future<Void> published();
}
