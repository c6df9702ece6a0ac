package io.parley.assistant.models;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClientRequest;

/** Generates answers: a provider's model over the network, or the offline commands. */
public interface LanguageModel {
    /** Begins an answer, whose pieces the listener receives. */
    Generation generate(Prompt prompt, ReplyListener listener);

    /** A request of a program's own, ready for its body; fails with a {@link ModelFailure} if there is no provider. */
    default Future<HttpClientRequest> open() {
        return Future.failedFuture(new ModelFailure(ModelFailure.Kind.REFUSED));
    }
}
