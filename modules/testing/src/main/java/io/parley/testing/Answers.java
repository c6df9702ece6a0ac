package io.parley.testing;

import io.parley.kernel.Problem;
import io.vertx.core.Future;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Waits up to 10 s for the result of a future. Not for use on an event loop. */
public final class Answers {
    private static final int SECONDS = 10;

    /** Returns the result; throws the failure. */
    public static <T> T of(Future<T> future) {
        try {
            return await(future);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof RuntimeException unchecked) throw unchecked;
            throw new AssertionError(failure.getCause());
        }
    }

    /** Returns the result; repeats the request after each time-out, for work that is rolled back if it takes too long. */
    public static <T> T afterTimeouts(Supplier<Future<T>> request) {
        for (int late = 0; late < 20; late++) {
            try {
                return of(request.get());
            } catch (Problem problem) {
                if (problem.kind() != Problem.Kind.TIMEOUT) throw problem;
            }
        }
        throw new AssertionError("late each time");
    }

    /** Returns the problem that the future fails with. */
    public static Problem problemOf(Future<?> future) {
        try {
            throw new AssertionError("it succeeded with " + await(future));
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof Problem problem) return problem;
            throw new AssertionError("it failed with something else than a problem", failure.getCause());
        }
    }

    private static <T> T await(Future<T> future) throws ExecutionException {
        try {
            return future.toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError("no answer within " + SECONDS + " s", late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    private Answers() {}
}
