package io.parley.storage.pool;

import io.parley.postgres.DatabaseUrl;
import io.parley.storage.Parameters;
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
 * The connections in as many pools as there are event loops, for to wake another loop and be woken by it costs more than
 * a short statement does. Each loop uses its own pool, and waits for it where all connections there are busy but become
 * free one after the other. Where they do not, because slow statements hold them up, or where far fewer wait for another
 * pool, it uses that one.
 */
public final class PoolPerLoop {
    private static final Comparator<PoolSlice> BY_LOAD = Comparator.comparingInt(PoolSlice::load);

    private final Vertx vertx;
    private final List<PoolSlice> shares;
    private final AtomicInteger loops = new AtomicInteger();
    private final ThreadLocal<PoolSlice> own;

    private PoolPerLoop(Vertx vertx, List<PoolSlice> shares) {
        this.vertx = vertx;
        this.shares = shares;
        this.own = ThreadLocal.withInitial(() -> shares.get(loops.getAndIncrement() % shares.size()));
    }

    public static PoolPerLoop open(Vertx vertx, DatabaseUrl url, PoolSettings settings) {
        var parts = settings.parts();
        var shares = IntStream.range(0, parts.size())
                .mapToObj(number -> new PoolSlice(
                        vertx, number, PoolConnections.pool(vertx, url, parts.get(number)), parts.get(number)))
                .toList();
        return new PoolPerLoop(vertx, shares);
    }

    /** How a statement with named parameters is run. */
    public Function<Parameters, Future<RowSet<Row>>> execution(String sql) {
        var templates = onEach(share -> template(share, sql));
        return parameters -> {
            var share = choose();
            return share.run(pool -> templates.get(share.number()).execute(parameters));
        };
    }

    /** How one is run that may be sent together with others of its runs. */
    public Function<Parameters, Future<RowSet<Row>>> batched(String sql) {
        var batches = onEach(share -> new StatementBatcher(vertx, share, template(share, sql)));
        return parameters -> batches.get(choose().number()).run(parameters);
    }

    private static SqlTemplate<Parameters, RowSet<Row>> template(PoolSlice share, String sql) {
        return SqlTemplate.forQuery(share.pool(), sql).mapFrom(Parameters::tuple);
    }

    private <T> List<T> onEach(Function<PoolSlice, T> make) {
        return shares.stream().map(make).toList();
    }

    /** Does something that takes one connection. */
    public <R> Future<R> with(Function<Pool, Future<R>> work) {
        return choose().run(work);
    }

    private PoolSlice choose() {
        var near = Context.isOnEventLoopThread() ? own.get() : shares.get(0);
        if (near.isFree()) return near;
        var idlest = Collections.min(shares, BY_LOAD);
        return near.isHeldUp() || near.load() >= 2 * idlest.load() + near.size() ? idlest : near;
    }

    public Future<Void> close() {
        return Future.join(shares.stream().map(PoolSlice::close).toList()).mapEmpty();
    }
}
