package io.parley.storage;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.templates.SqlTemplate;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The connections in as many pools as there are event loops, for to wake another loop and be woken by it costs more than
 * a short statement does. Each loop uses its own pool, and waits for it where all connections there are busy but become
 * free one after the other. Where they do not, because slow statements hold them up, or where far fewer wait for another
 * pool, it uses that one.
 */
final class Pools {
    private static final Comparator<Share> BY_LOAD = Comparator.comparingInt(Share::load);

    private final List<Share> shares;
    private final AtomicInteger loops = new AtomicInteger();
    private final ThreadLocal<Share> own;

    private Pools(List<Share> shares) {
        this.shares = shares;
        this.own = ThreadLocal.withInitial(() -> shares.get(loops.getAndIncrement() % shares.size()));
    }

    static Pools open(Vertx vertx, DatabaseUrl url, PoolSettings settings) {
        var parts = settings.parts();
        return new Pools(IntStream.range(0, parts.size())
                .mapToObj(number -> new Share(
                        number,
                        Connections.pool(vertx, url, parts.get(number)),
                        parts.get(number).size()))
                .toList());
    }

    /** How a statement with named parameters is run. */
    Function<Parameters, Future<RowSet<Row>>> execution(String sql) {
        var templates = shares.stream()
                .map(share -> SqlTemplate.forQuery(share.pool, sql).mapFrom(Parameters::tuple))
                .toList();
        return parameters -> use(share -> templates.get(share.number).execute(parameters));
    }

    /** Does something that takes one connection. */
    <R> Future<R> with(Function<Pool, Future<R>> work) {
        return use(share -> work.apply(share.pool));
    }

    private <R> Future<R> use(Function<Share, Future<R>> work) {
        var share = choose();
        share.begin();
        return Future.succeededFuture(share).compose(work).onComplete(done -> share.end());
    }

    private Share choose() {
        var near = Context.isOnEventLoopThread() ? own.get() : shares.get(0);
        if (near.isFree()) return near;
        var idlest = Collections.min(shares, BY_LOAD);
        return near.isHeldUp() || near.load() >= 2 * idlest.load() + near.size ? idlest : near;
    }

    Future<Void> close() {
        return Future.join(shares.stream().map(share -> share.pool.close()).toList())
                .mapEmpty();
    }

    private static final class Share {
        /** Several times what a short statement takes. */
        private static final long LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

        final int number;
        final Pool pool;
        private final int size;
        private final AtomicInteger load = new AtomicInteger();
        private volatile long turnAt = System.nanoTime() - LONG_NANOS;

        Share(int number, Pool pool, int size) {
            this.number = number;
            this.pool = pool;
            this.size = size;
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
    }
}
