package io.parley.kernel;

import io.vertx.core.Future;
import io.vertx.core.Promise;

/** How many things are under way. */
final class Tally {
    private final Promise<Void> none = Promise.promise();
    private int number;
    private boolean isAwaited;

    synchronized void begin() {
        number++;
    }

    synchronized void end() {
        number--;
        settle();
    }

    /** Done when for once nothing is under way. */
    synchronized Future<Void> none() {
        isAwaited = true;
        settle();
        return none.future();
    }

    private void settle() {
        if (isAwaited && number == 0) none.tryComplete();
    }
}
