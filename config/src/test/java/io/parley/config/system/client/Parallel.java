package io.parley.config.system.client;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Requests at the same time. */
public final class Parallel {
    /** Makes the same call in so many threads. */
    public static <T> List<T> times(int number, Supplier<T> call) {
        return all(Stream.generate(() -> call).limit(number).toList());
    }

    /** Makes each call in a thread of its own. */
    public static <T> List<T> all(List<Supplier<T>> calls) {
        var threads = Executors.newFixedThreadPool(calls.size());
        try {
            var results = calls.stream()
                    .map(call -> CompletableFuture.supplyAsync(call, threads))
                    .toList();
            return results.stream().map(CompletableFuture::join).toList();
        } finally {
            threads.shutdown();
        }
    }

    private Parallel() {}
}
