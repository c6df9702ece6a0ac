package io.parley.kernel.async;

import io.parley.kernel.Problem;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs so much work at once, on any number of event loops; the rest waits in order. */
public final class Slots {
    private final Vertx vertx;
    private final int mostWaiting;
    private final Queue<Promise<Void>> waiting = new ArrayDeque<>();
    private int free;

    /**
     * @param number at least 1
     * @param mostWaiting how much work may wait; any more fails at once as overloaded
     */
    public Slots(Vertx vertx, int number, int mostWaiting) {
        this.vertx = vertx;
        this.mostWaiting = mostWaiting;
        this.free = number;
    }

    /** The number of slots if each needs so many bytes of memory, and all together may have a quarter of the heap. */
    public static int inQuarterOfHeap(long bytes) {
        return (int)
                Math.max(1, Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / 4 / bytes));
    }

    /** Starts the work on the event loop of the caller, now or when it is its turn. */
    public <T> Future<T> run(Supplier<Future<T>> work) {
        return enter().compose(entered ->
                Future.succeededFuture().compose(now -> work.get()).onComplete(done -> leave()));
    }

    private synchronized Future<Void> enter() {
        if (free > 0) {
            free--;
            return Future.succeededFuture();
        }
        if (waiting.size() == mostWaiting) return Future.failedFuture(Problem.overloaded());
        Promise<Void> turn = Promise.promise();
        waiting.add(turn);
        return onOwnContext(turn.future());
    }

    // A slot may be freed on another event loop.
    private Future<Void> onOwnContext(Future<Void> turn) {
        var context = vertx.getOrCreateContext();
        Promise<Void> own = Promise.promise();
        turn.onSuccess(entered -> context.runOnContext(now -> own.complete()));
        return own.future();
    }

    private void leave() {
        var next = next();
        if (next != null) next.complete();
    }

    private synchronized @Nullable Promise<Void> next() {
        var next = waiting.poll();
        if (next == null) free++;
        return next;
    }
}
