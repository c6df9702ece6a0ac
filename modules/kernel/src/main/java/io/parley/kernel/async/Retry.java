package io.parley.kernel.async;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** Repeats an asynchronous operation as its policy says. The attempts do not pile up, however many there are. */
public final class Retry<T> {
    private final Vertx vertx;
    private final RetryPolicy policy;
    private final IntFunction<Future<T>> operation;
    private final Promise<T> promise = Promise.promise();
    private final long began = System.nanoTime();
    private int number;

    private Retry(Vertx vertx, RetryPolicy policy, IntFunction<Future<T>> operation) {
        this.vertx = vertx;
        this.policy = policy;
        this.operation = operation;
    }

    /** The first success, or the failure of the last attempt. */
    public static <T> Future<T> run(Vertx vertx, RetryPolicy policy, Supplier<Future<T>> operation) {
        return run(vertx, policy, number -> operation.get());
    }

    /**
     * The first success, or the failure of the last attempt.
     *
     * @param operation gets the number of the attempt, the first one being 1; what it throws counts as its failure
     */
    public static <T> Future<T> run(Vertx vertx, RetryPolicy policy, IntFunction<Future<T>> operation) {
        var retry = new Retry<T>(vertx, policy, operation);
        retry.attempt();
        return retry.promise.future();
    }

    private void attempt() {
        number++;
        Future.succeededFuture(number).compose(operation::apply).onComplete(this::ended);
    }

    private void ended(AsyncResult<T> result) {
        if (result.succeeded()) promise.complete(result.result());
        else failed(result.cause());
    }

    private void failed(Throwable failure) {
        policy.delayAfter(number, Duration.ofNanos(System.nanoTime() - began), failure)
                .ifPresentOrElse(this::attemptAfter, () -> promise.fail(failure));
    }

    // By way of the context even without a delay: attempts that fail at once would otherwise fill the stack.
    private void attemptAfter(Duration delay) {
        if (delay.isZero()) vertx.runOnContext(soon -> attempt());
        else vertx.setTimer(Math.max(1, delay.toMillis()), passed -> attempt());
    }
}
