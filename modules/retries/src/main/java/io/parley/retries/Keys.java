package io.parley.retries;

import io.parley.contracts.retries.Retries.Begin;
import io.parley.contracts.retries.Retries.Begun;
import io.parley.contracts.retries.Retries.Finish;
import io.parley.contracts.retries.Retries.Release;
import io.parley.kernel.None;
import io.parley.kernel.Problem;
import io.vertx.core.Future;

/** The rules of keys: one request each, and one attempt at a time. */
final class Keys {
    private final KeyStore store;

    Keys(KeyStore store) {
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
        return command.didNothing() && command.attempt().number() == 1
                ? store.delete(command.attempt())
                : store.unlock(command.attempt());
    }

    // One that has just been released is not there any more: asking again begins it.
    private Future<Begun> begunBefore(Begin command) {
        return store.find(command).map(found -> found.map(Keys::known).orElseGet(() -> new Begun(null, null)));
    }

    private static Begun known(KeyStore.Known known) {
        if (!known.isSame()) throw Problem.conflict("Idempotency-Key", "Another request has been made under this key.");
        return new Begun(null, known.answer());
    }
}
