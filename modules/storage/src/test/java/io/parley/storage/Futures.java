package io.parley.storage;

import io.parley.kernel.Problem;
import io.vertx.core.Future;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Waits for the result of a future. */
public final class Futures {
    public static <T> T result(Future<T> future) {
        try {
            return future.toCompletionStage()
                    .toCompletableFuture()
                    .orTimeout(20, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof RuntimeException unchecked) throw unchecked;
            throw failure;
        }
    }

    public static Problem problem(Future<?> future) {
        try {
            throw new AssertionError("it succeeded with " + result(future));
        } catch (Problem problem) {
            return problem;
        }
    }

    private Futures() {}
}
