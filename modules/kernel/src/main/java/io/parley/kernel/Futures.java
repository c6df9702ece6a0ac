package io.parley.kernel;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Supplier;

/** One asynchronous step after another, as many as it takes: composed futures would pile up with their number. */
public final class Futures {
    private final Supplier<Future<Boolean>> step;
    private final Promise<Void> done = Promise.promise();

    private Futures(Supplier<Future<Boolean>> step) {
        this.step = step;
    }

    /** Takes the step again for as long as it brings true; fails with the first that fails. */
    public static Future<Void> whileTrue(Supplier<Future<Boolean>> step) {
        var steps = new Futures(step);
        steps.go();
        return steps.done.future();
    }

    private void go() {
        while (true) {
            var taken = take();
            if (!taken.isComplete()) {
                taken.onComplete(this::goOn);
                return;
            }
            if (!isToGoOn(taken)) return;
        }
    }

    private Future<Boolean> take() {
        try {
            return step.get();
        } catch (RuntimeException failure) {
            return Future.failedFuture(failure);
        }
    }

    private void goOn(AsyncResult<Boolean> taken) {
        if (isToGoOn(taken)) go();
    }

    private boolean isToGoOn(AsyncResult<Boolean> taken) {
        if (taken.failed()) done.fail(taken.cause());
        else if (!taken.result()) done.complete();
        return taken.succeeded() && taken.result();
    }
}
