package io.parley.assistant;

import io.vertx.core.Future;

/** An answer that is being made. */
interface Generation {
    /** Fails with a {@link ModelFailure}, also where it was cancelled. */
    Future<Reply> reply();

    /** Breaks it off at once, the connection to a provider included; changes nothing where it has ended. */
    void cancel();
}
