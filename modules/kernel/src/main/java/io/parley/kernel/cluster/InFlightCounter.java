package io.parley.kernel.cluster;

import io.vertx.core.Future;
import io.vertx.core.Promise;

/** Counts requests that are not answered yet. */
final class InFlightCounter {
    private final Promise<Void> none = Promise.promise();
    private int number;
    private boolean isAwaited;

    synchronized void begin() {
        number++;
    }

    synchronized void end() {
        number--;
        completeIfNone();
    }

    /** Succeeds at the first moment from now on at which no request is in flight. */
    synchronized Future<Void> none() {
        isAwaited = true;
        completeIfNone();
        return none.future();
    }

    private void completeIfNone() {
        if (isAwaited && number == 0) none.tryComplete();
    }
}
