package io.parley.storage;

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
import java.util.function.Function;

/** The connections that all verticles of this process and all their instances share. */
public final class Database {
    /** Begins the statements that are not prepared once for all runs. */
    public static final String PLANNED_EACH_TIME = "/* planned each time */ ";

    private final PoolPerLoop pools;
    private final boolean pooler;
    private final Map<String, Function<Parameters, Future<RowSet<Row>>>> executions = new ConcurrentHashMap<>();
    private final Map<String, Function<Parameters, Future<RowSet<Row>>>> batched = new ConcurrentHashMap<>();
    private final Query<Row> ping;

    private Database(PoolPerLoop pools, boolean pooler) {
        this.pools = pools;
        this.pooler = pooler;
        this.ping = statement("SELECT 1");
    }

    /** Opens no connection yet: a server that is absent shows at the first statement. */
    public static Database connect(Vertx vertx, DatabaseUrl url, PoolSettings settings) {
        return new Database(PoolPerLoop.open(vertx, url, settings), settings.pooler());
    }

    /**
     * A statement with named parameters, {@code #{name}}. Cheap for a text that was seen before, so that a text may be
     * composed for each request from parts that are known beforehand. Values do not belong into it: every text is kept.
     */
    public <T> Query<T> statement(String sql, Function<Row, T> row) {
        return new Query<>(this, sql, executions.computeIfAbsent(sql, pools::execution), row, Map.of());
    }

    /** A statement of which only the number of rows matters. */
    public Query<Row> statement(String sql) {
        return statement(sql, Function.identity());
    }

    /**
     * A statement that the server plans for the values of each run: where the best plan depends on them, such as on
     * how often a word occurs. A prepared one would keep the plan that is best on average.
     */
    public <T> Query<T> planned(String sql, Function<Row, T> row) {
        return statement(PLANNED_EACH_TIME + sql, row);
    }

    Function<Parameters, Future<RowSet<Row>>> batched(String sql) {
        return batched.computeIfAbsent(sql, pools::batched);
    }

    BriefTransaction brief(String sql, Duration limit) {
        return new BriefTransaction(pools, pooler, sql, limit);
    }

    /** The texts that were asked for so far, with their parameters as {@code #{name}}: for those who look at plans. */
    public Set<String> texts() {
        return Set.copyOf(executions.keySet());
    }

    /** Succeeds when the server answers. */
    public Future<Void> ping() {
        return ping.list(Parameters.none()).mapEmpty();
    }

    public Future<Void> close() {
        return pools.close();
    }
}
