package io.parley.gateway.limits;

import io.parley.kernel.Problem;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** How many searches a user may have in progress in this process, and how many more may wait for a moment. Thread-safe. */
public final class SearchLimit {
    private static final int MAX_WAITING = 10;
    private static final Duration MAX_WAIT = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final int max;
    private final Map<UUID, Queue> queues = new HashMap<>();

    private static final class Queue {
        private final Deque<Promise<Void>> waiting = new ArrayDeque<>();
        private int running;
    }

    public SearchLimit(Vertx vertx, int max) {
        this.vertx = vertx;
        this.max = max;
    }

    /** Runs a search when it is its turn. Fails limited, without the search, if too many wait or it waits too long. */
    public <T> Future<T> run(UUID userId, Supplier<Future<T>> search) {
        return enter(userId)
                .compose(entered -> Future.<Void>succeededFuture()
                        .compose(turn -> search.get())
                        .onComplete(done -> leave(userId)));
    }

    private synchronized Future<Void> enter(UUID userId) {
        var queue = queues.computeIfAbsent(userId, id -> new Queue());
        if (queue.running < max) {
            queue.running++;
            return Future.succeededFuture();
        }
        if (queue.waiting.size() >= MAX_WAITING) return Future.failedFuture(tooMany());
        Promise<Void> turn = promise();
        queue.waiting.add(turn);
        long timer = vertx.setTimer(MAX_WAIT.toMillis(), passed -> giveUp(queue, turn));
        return turn.future().onComplete(ended -> vertx.cancelTimer(timer));
    }

    // Its listeners run on the event loop of the request, whichever loop ends the search before it.
    private Promise<Void> promise() {
        return ((ContextInternal) vertx.getOrCreateContext()).promise();
    }

    private void giveUp(Queue queue, Promise<Void> turn) {
        if (isRemoved(queue, turn)) turn.fail(tooMany());
    }

    private synchronized boolean isRemoved(Queue queue, Promise<Void> turn) {
        return queue.waiting.remove(turn);
    }

    private void leave(UUID userId) {
        next(userId).ifPresent(Promise::complete);
    }

    private synchronized Optional<Promise<Void>> next(UUID userId) {
        var queue = queues.get(userId);
        if (queue == null) return Optional.empty();
        var next = queue.waiting.poll();
        if (next == null && --queue.running == 0) queues.remove(userId);
        return Optional.ofNullable(next);
    }

    private Problem tooMany() {
        return Problem.limited("searches", "You already have " + max + " searches in progress.", MAX_WAIT);
    }
}
