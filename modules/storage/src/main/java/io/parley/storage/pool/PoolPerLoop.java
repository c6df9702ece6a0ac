package io.parley.storage.pool;

import io.parley.postgres.DatabaseUrl;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * One pool for each event loop, because waking another event loop costs more than a short statement does. Each loop uses
 * its own pool and waits for it while its connections become free one after the other. If slow statements hold all of
 * them, or if far fewer statements wait for another pool, it uses the least loaded pool.
 */
public final class PoolPerLoop {
    private static final Comparator<PoolSlice> BY_LOAD = Comparator.comparingInt(PoolSlice::load);

    private final Vertx vertx;
    private final List<PoolSlice> slices;
    private final AtomicInteger loops = new AtomicInteger();
    private final ThreadLocal<PoolSlice> own;

    private PoolPerLoop(Vertx vertx, List<PoolSlice> slices) {
        this.vertx = vertx;
        this.slices = slices;
        this.own = ThreadLocal.withInitial(() -> slices.get(loops.getAndIncrement() % slices.size()));
    }

    public static PoolPerLoop open(Vertx vertx, DatabaseUrl url, PoolSettings settings) {
        var parts = settings.parts();
        var meters = new PoolMeters(PoolMeters.PRIMARY);
        var slices = IntStream.range(0, parts.size())
                .mapToObj(number -> new PoolSlice(
                        vertx, number, PoolConnections.pool(vertx, url, parts.get(number)), parts.get(number), meters))
                .toList();
        PoolMeters.watch(PoolMeters.PRIMARY, slices);
        return new PoolPerLoop(vertx, slices);
    }

    /** Returns a function that executes the statement with named parameters. */
    public Function<NamedValues, Future<RowSet<Row>>> execution(String sql) {
        var templates = forEachSlice(slice -> template(slice, sql));
        return values -> {
            var slice = choose();
            return slice.run(pool -> templates.get(slice.number()).execute(values));
        };
    }

    /** Like {@link #execution}, but the statement may be sent together with other executions of it. */
    public Function<NamedValues, Future<RowSet<Row>>> batched(String sql) {
        var batches = forEachSlice(slice -> new StatementBatcher(vertx, slice, template(slice, sql)));
        return values -> batches.get(choose().number()).run(values);
    }

    private static SqlTemplate<NamedValues, RowSet<Row>> template(PoolSlice slice, String sql) {
        return SqlTemplate.forQuery(slice.pool(), sql)
                .mapFrom((names, count, values) -> NamedValues.tuple(names::apply, count, values));
    }

    private <T> List<T> forEachSlice(Function<PoolSlice, T> make) {
        return slices.stream().map(make).toList();
    }

    /** Runs work that uses one connection. */
    public <R> Future<R> with(Function<Pool, Future<R>> work) {
        return choose().run(work);
    }

    private PoolSlice choose() {
        var near = Context.isOnEventLoopThread() ? own.get() : slices.get(0);
        if (near.isFree()) return near;
        var leastLoaded = Collections.min(slices, BY_LOAD);
        return near.isHeldUp() || near.load() >= 2 * leastLoaded.load() + near.size() ? leastLoaded : near;
    }

    public Future<Void> close() {
        return Future.join(slices.stream().map(PoolSlice::close).toList()).mapEmpty();
    }
}
