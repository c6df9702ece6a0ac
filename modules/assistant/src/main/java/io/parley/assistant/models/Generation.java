package io.parley.assistant.models;

import io.vertx.core.Future;

/** An answer that is being made. */
public interface Generation {
    /** Fails with a {@link ModelFailure}, also where it was cancelled. */
    Future<ModelReply> reply();

    /** Breaks it off at once, the connection to a provider included; changes nothing where it has ended. */
    void cancel();
}
