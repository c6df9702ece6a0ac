package io.parley.assistant.models;

import io.vertx.core.Future;

/** An answer that a model is generating. */
public interface Generation {
    /** Fails with a {@link ModelFailure}, also after {@link #cancel}. */
    Future<ModelReply> reply();

    /** Stops at once and closes the connection to the provider. Has no effect if the answer is complete. */
    void cancel();
}
