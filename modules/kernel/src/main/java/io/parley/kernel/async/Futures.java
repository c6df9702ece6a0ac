package io.parley.kernel.async;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Supplier;

/** Loops of asynchronous steps. Composed futures would pile up with the number of steps; these do not. */
public final class Futures {
    private final Supplier<Future<Boolean>> step;
    private final Promise<Void> done = Promise.promise();

    private Futures(Supplier<Future<Boolean>> step) {
        this.step = step;
    }

    /** Repeats the step while it results in true; fails with the first step that fails. */
    public static Future<Void> loop(Supplier<Future<Boolean>> step) {
        var steps = new Futures(step);
        steps.run();
        return steps.done.future();
    }

    private void run() {
        while (true) {
            var taken = take();
            if (!taken.isComplete()) {
                taken.onComplete(this::ended);
                return;
            }
            if (!continues(taken)) return;
        }
    }

    private Future<Boolean> take() {
        try {
            return step.get();
        } catch (RuntimeException failure) {
            return Future.failedFuture(failure);
        }
    }

    private void ended(AsyncResult<Boolean> taken) {
        if (continues(taken)) run();
    }

    private boolean continues(AsyncResult<Boolean> taken) {
        if (taken.failed()) done.fail(taken.cause());
        else if (!taken.result()) done.complete();
        return taken.succeeded() && taken.result();
    }
}
