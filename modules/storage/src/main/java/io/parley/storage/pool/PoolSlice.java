package io.parley.storage.pool;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.internal.ContextInternal;
import io.vertx.sqlclient.Pool;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One pool of several, and what waits for a connection of it. All wait here and none in the pool: Vert.x 5.0.10 forgets
 * some of those that wait there for a certain time at most, where several event loops use the pool.
 */
final class PoolSlice {
    /** Several times what a short statement takes. */
    private static final long LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Vertx vertx;
    private final int number;
    private final Pool pool;
    private final PoolSettings settings;
    private final Queue<Turn<?>> waiting = new ArrayDeque<>();
    private volatile int load;
    private volatile long turnAt = System.nanoTime() - LONG_NANOS;

    private static final class Turn<R> {
        final Function<Pool, Future<R>> work;
        final Promise<R> promise;
        long timer;

        Turn(Function<Pool, Future<R>> work, Promise<R> promise) {
            this.work = work;
            this.promise = promise;
        }
    }

    PoolSlice(Vertx vertx, int number, Pool pool, PoolSettings settings) {
        this.vertx = vertx;
        this.number = number;
        this.pool = pool;
        this.settings = settings;
    }

    int number() {
        return number;
    }

    Pool pool() {
        return pool;
    }

    int size() {
        return settings.size();
    }

    /** How much runs there or waits to. */
    int load() {
        return load;
    }

    boolean isFree() {
        return load < size();
    }

    /** None of those that wait had its turn just now. */
    boolean isHeldUp() {
        return System.nanoTime() - turnAt >= LONG_NANOS;
    }

    /** Does something that takes one connection, as soon as there is one. */
    <R> Future<R> run(Function<Pool, Future<R>> work) {
        var asker = (ContextInternal) vertx.getOrCreateContext();
        var turn = new Turn<R>(work, asker.promise());
        if (isFirst(turn)) start(turn);
        return turn.promise.future();
    }

    private synchronized boolean isFirst(Turn<?> turn) {
        if (isFree()) {
            load++;
            return true;
        }
        if (waiting.size() < settings.queue()) enqueue(turn);
        else turn.promise.fail(new ConnectionPoolTooBusyException("as many wait for a connection as may"));
        return false;
    }

    private synchronized void enqueue(Turn<?> turn) {
        load++;
        waiting.add(turn);
        turn.timer = vertx.setTimer(DatabaseDeadlines.WAIT.toMillis(), late -> giveUp(turn));
    }

    private void giveUp(Turn<?> turn) {
        if (isTaken(turn)) turn.promise.fail(VertxException.noStackTrace("no connection became free in time"));
    }

    private synchronized boolean isTaken(Turn<?> turn) {
        if (!waiting.remove(turn)) return false;
        load--;
        return true;
    }

    // The next one begins before the asker hears of this one, for the server has nothing to do until then.
    private <R> void start(Turn<R> turn) {
        Future.succeededFuture(pool)
                .compose(turn.work)
                .onComplete(done -> giveWay(done.succeeded()))
                .onComplete(turn.promise);
    }

    // A connection that dies fails what runs on it before the pool knows, which would give it to the next one.
    private void giveWay(boolean isAlive) {
        if (isAlive) startNext();
        else vertx.runOnContext(soon -> startNext());
    }

    private void startNext() {
        var next = next();
        if (next != null) start(next);
    }

    private synchronized @Nullable Turn<?> next() {
        load--;
        var next = waiting.poll();
        turnAt = System.nanoTime() - (next == null ? LONG_NANOS : 0);
        if (next != null) vertx.cancelTimer(next.timer);
        return next;
    }

    Future<Void> close() {
        waitingAtTheEnd().forEach(turn -> turn.promise.fail(VertxException.noStackTrace("the pool is closed")));
        return pool.close();
    }

    private synchronized List<Turn<?>> waitingAtTheEnd() {
        var all = new ArrayList<>(waiting);
        waiting.clear();
        load -= all.size();
        all.forEach(turn -> vertx.cancelTimer(turn.timer));
        return all;
    }
}
