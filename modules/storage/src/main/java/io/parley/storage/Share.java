package io.parley.storage;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One pool of several, how busy it is, and what waits to be pipelined on its connections. */
final class Share {
    /** Several times what a short statement takes. */
    private static final long LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** Most of what is gained is gained by the first few, and those behind have the shorter wait. */
    private static final int PIPELINED = 4;

    private final Vertx vertx;
    private final int number;
    private final Pool pool;
    private final int size;
    private final AtomicInteger load = new AtomicInteger();
    private volatile long turnAt = System.nanoTime() - LONG_NANOS;
    private final Queue<Waiting<?>> waiting = new ArrayDeque<>();
    private int connectionsAsked;

    private record Waiting<R>(Function<SqlConnection, Future<R>> work, Promise<R> promise) {
        Future<R> run(SqlConnection connection) {
            return Future.succeededFuture(connection).compose(work).onComplete(promise);
        }
    }

    /** @param size the most connections that the pool makes */
    Share(Vertx vertx, int number, Pool pool, int size) {
        this.vertx = vertx;
        this.number = number;
        this.pool = pool;
        this.size = size;
    }

    int number() {
        return number;
    }

    Pool pool() {
        return pool;
    }

    int size() {
        return size;
    }

    void begin() {
        load.incrementAndGet();
    }

    void end() {
        boolean isAwaited = load.decrementAndGet() >= size;
        turnAt = System.nanoTime() - (isAwaited ? 0 : LONG_NANOS);
    }

    /** How many statements run there or wait to. */
    int load() {
        return load.get();
    }

    boolean isFree() {
        return load() < size;
    }

    /** None of those that wait had its turn just now. */
    boolean isHeldUp() {
        return System.nanoTime() - turnAt >= LONG_NANOS;
    }

    /** Waits for a connection together with others, and runs behind them on it without waiting for their answers. */
    <R> Future<R> pipelined(Function<SqlConnection, Future<R>> work) {
        Promise<R> promise = ((ContextInternal) vertx.getOrCreateContext()).promise();
        if (isOneMoreNeeded(new Waiting<>(work, promise))) pool.getConnection().onComplete(this::run);
        return promise.future();
    }

    private synchronized boolean isOneMoreNeeded(Waiting<?> next) {
        waiting.add(next);
        if (connectionsAsked * PIPELINED >= waiting.size()) return false;
        connectionsAsked++;
        return true;
    }

    private synchronized List<Waiting<?>> next() {
        connectionsAsked--;
        var next = new ArrayList<Waiting<?>>();
        while (next.size() < PIPELINED && !waiting.isEmpty()) next.add(waiting.remove());
        return next;
    }

    private void run(@Nullable SqlConnection connection, @Nullable Throwable failure) {
        var next = next();
        if (connection == null) next.forEach(each -> each.promise().fail(failure));
        else
            Future.join(next.stream().map(each -> each.run(connection)).toList())
                    .onComplete(done -> connection.close());
    }
}
