package io.parley.kernel.cluster;

import io.vertx.core.Future;
import io.vertx.core.Promise;

/** How many things are under way. */
public final class InFlightCounter {
    private final Promise<Void> none = Promise.promise();
    private int number;
    private boolean isAwaited;

    public synchronized void begin() {
        number++;
    }

    public synchronized void end() {
        number--;
        settle();
    }

    /** Done when for once nothing is under way. */
    public synchronized Future<Void> none() {
        isAwaited = true;
        settle();
        return none.future();
    }

    private void settle() {
        if (isAwaited && number == 0) none.tryComplete();
    }
}
