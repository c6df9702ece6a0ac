package io.parley.idempotency;

import io.parley.contracts.idempotency.Idempotency.Begin;
import io.parley.contracts.idempotency.Idempotency.Begun;
import io.parley.contracts.idempotency.Idempotency.Finish;
import io.parley.contracts.idempotency.Idempotency.Release;
import io.parley.kernel.None;
import io.parley.kernel.Problem;
import io.vertx.core.Future;

/** The rules of keys: one request each, and one attempt at a time. */
final class IdempotencyRules {
    private final IdempotencyStore store;

    IdempotencyRules(IdempotencyStore store) {
        this.store = store;
    }

    Future<Begun> begin(Begin command) {
        return store.begin(command)
                .compose(begun -> begun.isPresent()
                        ? Future.succeededFuture(new Begun(begun.get(), null))
                        : begunBefore(command));
    }

    Future<None> finish(Finish command) {
        return store.finish(command);
    }

    // What an attempt before this one may have stored must be found by the next, so its resource id must stay.
    Future<None> release(Release command) {
        return command.hadNoEffect() && command.attempt().number() == 1
                ? store.delete(command.attempt())
                : store.unlock(command.attempt());
    }

    // One that has just been released is not there any more: asking again begins it.
    private Future<Begun> begunBefore(Begin command) {
        return store.find(command)
                .map(found -> found.map(IdempotencyRules::known).orElseGet(() -> new Begun(null, null)));
    }

    private static Begun known(IdempotencyStore.Known known) {
        if (!known.isSame()) throw Problem.conflict("Idempotency-Key", "Another request has been made under this key.");
        return new Begun(null, known.answer());
    }
}
