package io.parley.kernel.async;

import io.parley.kernel.Problem;
import io.vertx.core.Future;
import java.util.function.Supplier;

/** Changes that are read, made and written only if nobody else was faster. */
public final class Contention {
    /**
     * Of those who change the same row at the same time, one succeeds each time. So nobody needs more attempts than a user may have
     * requests in progress ({@code limits.concurrent}, by default 64).
     */
    public static final int ATTEMPTS = 64;

    /**
     * Attempts it again if it fails stale. Fails unavailable in the end: somebody who names no version must not hear that it is stale.
     *
     * @param attempt reads the version that it names
     */
    public static <T> Future<T> repeat(Supplier<Future<T>> attempt) {
        return repeat(attempt, ATTEMPTS);
    }

    private static <T> Future<T> repeat(Supplier<Future<T>> attempt, int attempts) {
        return attempt.get().recover(failure -> {
            if (!isStale(failure)) return Future.failedFuture(failure);
            return attempts > 1 ? repeat(attempt, attempts - 1) : Future.failedFuture(Problem.unavailable());
        });
    }

    private static boolean isStale(Throwable failure) {
        return failure instanceof Problem problem && problem.kind() == Problem.Kind.STALE;
    }

    private Contention() {}
}
