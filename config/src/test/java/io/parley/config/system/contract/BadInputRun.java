package io.parley.config.system.contract;

import static java.util.stream.Collectors.groupingBy;

import io.parley.config.system.client.TestUser;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Sends bad requests to one server: several operations in parallel, the requests of one operation in order. */
final class BadInputRun {
    /** Names nothing. */
    static final String ANY_ID = "019ab1f2-6f4c-7c3a-9a55-0d6c1f6f2b10";

    private static final int THREADS = 4;

    private final ValidRequests requests;

    /** The user for each operation id, replaced after a request that may have ended the account or the session. */
    private final Map<String, TestUser> senders = new ConcurrentHashMap<>();

    BadInputRun(ValidRequests requests) {
        this.requests = requests;
    }

    List<BadInputResult> all(List<BadCase> cases) {
        var byOperation = cases.stream()
                .collect(groupingBy(tried -> tried.operation().id()))
                .values();
        var threads = Executors.newFixedThreadPool(THREADS);
        try {
            return threads.invokeAll(byOperation.stream().map(this::inOrder).toList()).stream()
                    .flatMap(done -> result(done).stream())
                    .toList();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        } finally {
            threads.shutdownNow();
        }
    }

    private Callable<List<BadInputResult>> inOrder(List<BadCase> cases) {
        return () -> cases.stream().map(this::send).toList();
    }

    private static List<BadInputResult> result(Future<List<BadInputResult>> done) {
        try {
            return done.get();
        } catch (InterruptedException | ExecutionException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private BadInputResult send(BadCase tried) {
        var operation = tried.operation();
        try {
            var sender = senders.computeIfAbsent(operation.id(), id -> requests.actor(operation));
            var answer = sender.api().send(tried.spoil().apply(requests.request(operation, sender)));
            if (answer.succeeded()) senders.remove(operation.id());
            var failure = BadInputCheck.on(tried, answer, sender.api());
            return new BadInputResult(tried, answer.status(), failure.map(reason -> tried + ": " + reason));
        } catch (AssertionError | RuntimeException failure) {
            return new BadInputResult(tried, 0, Optional.of(tried + ": " + failure.getMessage()));
        }
    }
}
