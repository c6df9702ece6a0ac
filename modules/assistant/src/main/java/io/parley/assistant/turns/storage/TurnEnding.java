package io.parley.assistant.turns.storage;

import io.parley.contracts.assistant.Turn;
import io.vertx.core.Future;

/** Ends a turn for everybody who follows it. */
@FunctionalInterface
public interface TurnEnding {
    /** Fails if the turn cannot be ended here. */
    Future<Void> end(Turn turn, TurnEnd end);
}
