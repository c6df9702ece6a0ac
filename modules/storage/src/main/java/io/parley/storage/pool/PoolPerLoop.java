package io.parley.storage.pool;

import io.parley.kernel.async.Retry;
import io.parley.kernel.async.RetryPolicy;
import io.parley.postgres.DatabaseRole;
import io.parley.postgres.DatabaseUrl;
import io.parley.storage.connections.PoolConnections;
import io.parley.storage.connections.PoolSettings;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.SqlResult;
import io.vertx.sqlclient.templates.SqlTemplate;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One pool for each event loop, because waking another event loop costs more than a short statement does. Each loop uses
 * its own pool and waits for it while its connections become free one after the other. If slow statements hold all of
 * them, or if far fewer statements wait for another pool, it uses the least loaded pool.
 */
public final class PoolPerLoop {
    // All idle connections can time out at the same moment, and the pool removes each of them one turn of its event
    // loop later.
    private static final RetryPolicy AGAIN = RetryPolicy.attempts(4)
            .delayed(Duration.ofMillis(1))
            .growing(4, Duration.ofMillis(20))
            .when(StatementFailures::wasNotExecuted);

    private static final Comparator<PoolSlice> BY_LOAD = Comparator.comparingInt(PoolSlice::load);

    private final Vertx vertx;
    private final List<PoolSlice> slices;
    private final boolean isSecured;
    private final AtomicInteger loops = new AtomicInteger();
    private final ThreadLocal<PoolSlice> own;

    private PoolPerLoop(Vertx vertx, List<PoolSlice> slices, boolean isSecured) {
        this.vertx = vertx;
        this.slices = slices;
        this.isSecured = isSecured;
        this.own = ThreadLocal.withInitial(() -> slices.get(loops.getAndIncrement() % slices.size()));
    }

    /** @param role that the connections take; null for the login's own */
    public static PoolPerLoop open(Vertx vertx, DatabaseUrl url, PoolSettings settings, @Nullable DatabaseRole role) {
        var target = role == DatabaseRole.SYSTEM ? PoolMeters.SYSTEM : PoolMeters.PRIMARY;
        return open(vertx, settings, role, target, part -> PoolConnections.pool(vertx, url, part, role));
    }

    /**
     * As the other one, to a server of which every statement can be sent to the primary as well.
     *
     * @param name of the server for its meters, from a closed list
     */
    public static PoolPerLoop openReplica(
            Vertx vertx, DatabaseUrl url, PoolSettings settings, @Nullable DatabaseRole role, String name) {
        return open(vertx, settings, role, name, part -> PoolConnections.poolOfReplica(vertx, url, part, role));
    }

    private static PoolPerLoop open(
            Vertx vertx,
            PoolSettings settings,
            @Nullable DatabaseRole role,
            String target,
            Function<PoolSettings, Pool> pool) {
        var parts = settings.parts();
        var meters = new PoolMeters(target);
        var slices = IntStream.range(0, parts.size())
                .mapToObj(number ->
                        new PoolSlice(vertx, number, pool.apply(parts.get(number)), parts.get(number), meters))
                .toList();
        PoolMeters.watch(target, slices);
        return new PoolPerLoop(vertx, slices, role == DatabaseRole.APP);
    }

    /** Whether each statement sees only the rows of its user. */
    public boolean isSecured() {
        return isSecured;
    }

    /** The part of a transaction's beginning that says whose rows it may see; empty without row-level security. */
    String settingOf(NamedValues values) {
        var user = values.user();
        return isSecured && user != null ? "; SET LOCAL " + DatabaseRole.USER_SETTING + " = '" + user + "'" : "";
    }

    /** Repeats a statement that was not executed, on another connection. */
    public <T> Future<T> again(Supplier<Future<T>> statement) {
        return vertx.timer(1, TimeUnit.MILLISECONDS).compose(passed -> Retry.run(vertx, AGAIN, statement));
    }

    /** Returns a function that executes the statement with named parameters. */
    public Function<NamedValues, Future<RowSet<Row>>> execution(String sql) {
        return fenced(fencedText(sql));
    }

    private Function<NamedValues, Future<RowSet<Row>>> fenced(String sql) {
        var templates = forEachSlice(slice -> template(slice.pool(), sql));
        return values -> {
            var slice = choose();
            var position = values.position();
            return position == null
                    ? slice.run(pool -> templates.get(slice.number()).execute(values))
                    : slice.run(
                            pool -> pool.withConnection(connection -> positioned(connection, sql, values, position)));
        };
    }

    private static Future<RowSet<Row>> positioned(
            SqlConnection connection, String sql, NamedValues values, LogPosition position) {
        var rows = template(connection, sql).execute(values);
        var asked = position.ask(connection);
        return Future.join(rows, asked).transform(done -> rows);
    }

    /** Like {@link #execution}, but the statement may be sent together with other executions of it. */
    public Function<NamedValues, Future<RowSet<Row>>> batched(String sql) {
        var fenced = fencedText(sql);
        var batches = forEachSlice(slice -> new StatementBatcher<>(vertx, slice, template(slice.pool(), fenced)));
        return values -> batches.get(choose().number()).run(values);
    }

    /** Like {@link #batched}, or not batched, but what arrives is kept only if it is small. */
    Function<NamedValues, Future<SmallRows>> small(String sql, boolean isBatched) {
        var rows = collecting(sql, isBatched);
        return values -> rows.apply(values)
                .recover(failure -> StatementFailures.isTooLarge(failure)
                        ? Future.succeededFuture(SmallRows.tooLarge())
                        : Future.failedFuture(failure));
    }

    private Function<NamedValues, Future<SmallRows>> collecting(String sql, boolean isBatched) {
        var fenced = fencedText(sql);
        var templates = forEachSlice(slice -> template(slice.pool(), fenced).collecting(SmallRows.COLLECTOR));
        if (!isBatched) {
            return values -> {
                var slice = choose();
                return slice.run(pool -> templates.get(slice.number()).execute(values))
                        .map(SqlResult::value);
            };
        }
        var batches = forEachSlice(slice -> new StatementBatcher<>(vertx, slice, templates.get(slice.number())));
        return values -> batches.get(choose().number()).run(values);
    }

    private String fencedText(String sql) {
        return isSecured ? UserFence.around(sql) : sql;
    }

    private static SqlTemplate<NamedValues, RowSet<Row>> template(SqlClient client, String sql) {
        return SqlTemplate.forQuery(client, sql)
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
