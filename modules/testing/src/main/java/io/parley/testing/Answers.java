package io.parley.testing;

import io.parley.kernel.Problem;
import io.vertx.core.Future;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Waits for what a future brings, for at most 10 s. Not for use on an event loop. */
public final class Answers {
    private static final int SECONDS = 10;

    /** What it brings; throws what it failed with. */
    public static <T> T of(Future<T> future) {
        try {
            return await(future);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof RuntimeException unchecked) throw unchecked;
            throw new AssertionError(failure.getCause());
        }
    }

    /** What it brings, asked for again where it comes too late: for what the server undoes when it takes too long. */
    public static <T> T insisting(Supplier<Future<T>> question) {
        for (int late = 0; late < 20; late++) {
            try {
                return of(question.get());
            } catch (Problem problem) {
                if (problem.kind() != Problem.Kind.TIMEOUT) throw problem;
            }
        }
        throw new AssertionError("late each time");
    }

    /** The problem that it fails with. */
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
