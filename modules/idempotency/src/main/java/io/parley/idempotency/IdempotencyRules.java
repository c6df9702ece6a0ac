package io.parley.idempotency;

import io.parley.contracts.idempotency.Idempotency.Begin;
import io.parley.contracts.idempotency.Idempotency.Begun;
import io.parley.contracts.idempotency.Idempotency.Release;
import io.parley.idempotency.IdempotencyStore.KnownKey;
import io.parley.kernel.None;
import io.parley.kernel.Problem;
import io.vertx.core.Future;

/** The rules of idempotency keys: each key belongs to one request, and only one attempt runs at a time. */
final class IdempotencyRules {
    private final IdempotencyStore store;

    IdempotencyRules(IdempotencyStore store) {
        this.store = store;
    }

    Future<Begun> begin(Begin command) {
        return store.begin(command)
                .compose(attempt -> attempt.isPresent()
                        ? Future.succeededFuture(new Begun(attempt.get(), null))
                        : findAnswer(command));
    }

    // If the key was deleted between the two statements, both fields are null and the next request begins an attempt.
    private Future<Begun> findAnswer(Begin command) {
        return store.find(command)
                .map(found -> found.map(IdempotencyRules::answered).orElseGet(() -> new Begun(null, null)));
    }

    private static Begun answered(KnownKey key) {
        if (!key.isSameRequest())
            throw Problem.conflict(
                    "Idempotency-Key", "This key was used for a different request. Use a new key for each request.");
        return new Begun(null, key.answer());
    }

    // The next attempt must find a resource that an earlier one may have stored, so the key keeps its resource id.
    Future<None> release(Release command) {
        return command.hadNoEffect() && command.attempt().number() == 1
                ? store.delete(command.attempt())
                : store.unlock(command.attempt());
    }
}
