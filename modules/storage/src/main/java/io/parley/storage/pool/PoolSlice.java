package io.parley.storage.pool;

import io.parley.storage.connections.DatabaseDeadlines;
import io.parley.storage.connections.PoolSettings;
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
 * One pool of several, and the statements that wait for one of its connections. They wait here, not in the pool of
 * Vert.x, because that pool loses waiters: with a connection timeout and several event loops, Vert.x 5.0.10 and 5.0.12
 * never complete some of them ("Promise already completed", vertx-sql-client #1567, vert.x #6169; fixed in Vert.x
 * 5.1.3). Without a connection timeout the pool loses none, but then the wait has no limit. Remove this queue when the
 * build uses a Vert.x with the fix; its test is {@code DatabaseTest}.
 */
final class PoolSlice {
    static final String NOT_IN_TIME = "no connection became free in time";

    /** Several times the duration of a short statement. */
    private static final long LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Vertx vertx;
    private final int number;
    private final Pool pool;
    private final PoolSettings settings;
    private final PoolMeters meters;
    private final Queue<Waiter<?>> waiting = new ArrayDeque<>();
    private volatile int load;
    private volatile long lastStart = System.nanoTime() - LONG_NANOS;

    private static final class Waiter<R> {
        final Function<Pool, Future<R>> work;
        final Promise<R> promise;
        final long since = System.nanoTime();
        long timer;

        Waiter(Function<Pool, Future<R>> work, Promise<R> promise) {
            this.work = work;
            this.promise = promise;
        }
    }

    PoolSlice(Vertx vertx, int number, Pool pool, PoolSettings settings, PoolMeters meters) {
        this.vertx = vertx;
        this.number = number;
        this.pool = pool;
        this.settings = settings;
        this.meters = meters;
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

    /** The number of statements that run or wait. */
    int load() {
        return load;
    }

    /** The number of statements that wait. */
    synchronized int waiting() {
        return waiting.size();
    }

    /** The number of connections that a statement runs on. */
    synchronized int used() {
        return load - waiting.size();
    }

    int idle() {
        return Math.max(0, pool.size() - used());
    }

    boolean isFree() {
        return load < size();
    }

    /** Whether no waiting statement was started recently. */
    boolean isHeldUp() {
        return System.nanoTime() - lastStart >= LONG_NANOS;
    }

    /** Runs work that uses one connection, as soon as one is free. */
    <R> Future<R> run(Function<Pool, Future<R>> work) {
        var context = (ContextInternal) vertx.getOrCreateContext();
        var waiter = new Waiter<R>(work, context.promise());
        if (startsNow(waiter)) start(waiter);
        return waiter.promise.future();
    }

    private synchronized boolean startsNow(Waiter<?> waiter) {
        if (isFree()) {
            load++;
            return true;
        }
        if (waiting.size() < settings.queue()) enqueue(waiter);
        else refuse(waiter);
        return false;
    }

    private void refuse(Waiter<?> waiter) {
        meters.refused();
        waiter.promise.fail(new ConnectionPoolTooBusyException("the queue for a connection is full"));
    }

    private synchronized void enqueue(Waiter<?> waiter) {
        load++;
        waiting.add(waiter);
        waiter.timer = vertx.setTimer(DatabaseDeadlines.WAIT.toMillis(), late -> timeOut(waiter));
    }

    private void timeOut(Waiter<?> waiter) {
        if (leftQueue(waiter)) waiter.promise.fail(VertxException.noStackTrace(NOT_IN_TIME));
    }

    private synchronized boolean leftQueue(Waiter<?> waiter) {
        if (!waiting.remove(waiter)) return false;
        load--;
        return true;
    }

    // The next statement starts before this one is answered, because the server is idle until then.
    private <R> void start(Waiter<R> waiter) {
        long startedAt = System.nanoTime();
        meters.started(startedAt - waiter.since);
        Future.succeededFuture(pool)
                .compose(waiter.work)
                .onComplete(done -> meters.ended(System.nanoTime() - startedAt))
                .onComplete(done -> startNextAfter(done.succeeded()))
                .onComplete(waiter.promise);
    }

    // If a connection dies, its statement fails before the pool knows, and the pool would hand it to the next
    // statement.
    private void startNextAfter(boolean isAlive) {
        if (isAlive) startNext();
        else vertx.runOnContext(soon -> startNext());
    }

    private void startNext() {
        var next = next();
        if (next != null) start(next);
    }

    private synchronized @Nullable Waiter<?> next() {
        load--;
        var next = waiting.poll();
        lastStart = System.nanoTime() - (next == null ? LONG_NANOS : 0);
        if (next != null) vertx.cancelTimer(next.timer);
        return next;
    }

    Future<Void> close() {
        removeAllWaiting().forEach(waiter -> waiter.promise.fail(VertxException.noStackTrace("the pool is closed")));
        return pool.close();
    }

    private synchronized List<Waiter<?>> removeAllWaiting() {
        var all = new ArrayList<>(waiting);
        waiting.clear();
        load -= all.size();
        all.forEach(waiter -> vertx.cancelTimer(waiter.timer));
        return all;
    }
}
