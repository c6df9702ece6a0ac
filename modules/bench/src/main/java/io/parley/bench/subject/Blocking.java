package io.parley.bench.subject;

import io.vertx.core.Future;
import java.util.concurrent.CompletionException;

/** Waits for a future, on a thread that is not an event loop. */
public final class Blocking {
    public static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException failure) {
            throw new IllegalStateException(failure.getCause());
        }
    }

    private Blocking() {}
}
