package io.parley.storage;

import io.parley.kernel.Retry;
import io.parley.kernel.RetryPolicy;
import io.parley.postgres.DatabaseUrl;
import io.parley.storage.pool.BriefTransaction;
import io.parley.storage.pool.PoolPerLoop;
import io.parley.storage.pool.PoolSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/** The connections that all verticles of this process and all their instances share. */
public final class Database {
    /** Begins the statements that are not prepared once for all runs. */
    public static final String PLANNED_EACH_TIME = "/* planned each time */ ";

    // All connections that idle may time out in one moment, and the pool hears of each only a turn of its event loop
    // later.
    private static final RetryPolicy AGAIN = RetryPolicy.attempts(4)
            .delayed(Duration.ofMillis(1))
            .growing(4, Duration.ofMillis(20))
            .when(SqlFailures::wasNotExecuted);

    private final Vertx vertx;
    private final PoolPerLoop pools;
    private final boolean pooler;
    private final Map<String, Function<Parameters, Future<RowSet<Row>>>> executions = new ConcurrentHashMap<>();
    private final Map<String, Function<Parameters, Future<RowSet<Row>>>> batched = new ConcurrentHashMap<>();
    private final Map<Brief, Function<Parameters, Future<RowSet<Row>>>> brief = new ConcurrentHashMap<>();

    private record Brief(String sql, Duration limit) {}

    Database(Vertx vertx, PoolPerLoop pools, boolean pooler) {
        this.vertx = vertx;
        this.pools = pools;
        this.pooler = pooler;
    }

    /** Opens no connection yet: a server that is absent shows at the first statement. */
    public static Database connect(Vertx vertx, DatabaseUrl url, PoolSettings settings) {
        return new Database(vertx, PoolPerLoop.open(vertx, url, settings), settings.pooler());
    }

    /**
     * A statement with named parameters, {@code #{name}}, and how a row of its result is mapped. What is prepared for a
     * text is kept, so a store can name the text where it runs it: for a text that was seen before this takes some 20 ns
     * and no lock. Values do not belong into the text: each different one stays in memory.
     */
    public <T> Query<T> query(String sql, Function<Row, T> row) {
        return new Query<>(this, sql, execution(sql), row, Map.of());
    }

    /** A statement of which only the number of rows matters. */
    public Query<Row> query(String sql) {
        return query(sql, Function.identity());
    }

    /**
     * A statement that the server plans for the values of each run (a custom plan), because the best plan depends on
     * them, such as on how often a word occurs. A prepared statement would get the plan that is best on average.
     */
    public <T> Query<T> queryWithCustomPlan(String sql, Function<Row, T> row) {
        return query(PLANNED_EACH_TIME + sql, row);
    }

    /** Earlier name of {@link #query(String, Function)}. */
    public <T> Query<T> statement(String sql, Function<Row, T> row) {
        return query(sql, row);
    }

    /** Earlier name of {@link #query(String)}. */
    public Query<Row> statement(String sql) {
        return query(sql);
    }

    /** Earlier name of {@link #queryWithCustomPlan}. */
    public <T> Query<T> planned(String sql, Function<Row, T> row) {
        return queryWithCustomPlan(sql, row);
    }

    // A plain get first: computeIfAbsent may lock even if the text is there.
    private Function<Parameters, Future<RowSet<Row>>> execution(String sql) {
        var known = executions.get(sql);
        return known == null ? executions.computeIfAbsent(sql, pools::execution) : known;
    }

    Function<Parameters, Future<RowSet<Row>>> batched(String sql) {
        var known = batched.get(sql);
        return known == null ? batched.computeIfAbsent(sql, pools::batched) : known;
    }

    Function<Parameters, Future<RowSet<Row>>> brief(String sql, Duration limit) {
        return brief.computeIfAbsent(
                new Brief(sql, limit), each -> new BriefTransaction(pools, pooler, sql, limit)::execute);
    }

    /** Repeats a statement that was not executed, on another connection. */
    <T> Future<T> again(Supplier<Future<T>> statement) {
        return vertx.timer(1, TimeUnit.MILLISECONDS).compose(passed -> Retry.run(vertx, AGAIN, statement));
    }

    /** The texts that were asked for so far, with their parameters as {@code #{name}}: for those who look at plans. */
    public Set<String> texts() {
        return Set.copyOf(executions.keySet());
    }

    /** Succeeds when the server answers. */
    public Future<Void> ping() {
        return query("SELECT 1").list(Parameters.none()).mapEmpty();
    }

    public Future<Void> close() {
        return pools.close();
    }
}
