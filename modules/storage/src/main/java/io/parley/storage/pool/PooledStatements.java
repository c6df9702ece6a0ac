package io.parley.storage.pool;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Statements on the connections of one server. */
public final class PooledStatements implements Statements {
    private final PoolPerLoop pools;
    private final boolean pooler;
    private final Map<String, Function<NamedValues, Future<RowSet<Row>>>> executions = new ConcurrentHashMap<>();
    private final Map<String, Function<NamedValues, Future<RowSet<Row>>>> batched = new ConcurrentHashMap<>();
    private final Map<Brief, Function<NamedValues, Future<RowSet<Row>>>> brief = new ConcurrentHashMap<>();
    private final Map<Locked, Function<NamedValues, Future<RowSet<Row>>>> locked = new ConcurrentHashMap<>();

    private record Brief(String sql, Duration limit) {}

    private record Locked(String lock, String sql) {}

    /** @param pooler whether the connections go through a transaction pooler */
    public PooledStatements(PoolPerLoop pools, boolean pooler) {
        this.pools = pools;
        this.pooler = pooler;
    }

    // A plain get first: computeIfAbsent may lock even if the text is there.
    @Override
    public Function<NamedValues, Future<RowSet<Row>>> execution(String sql) {
        var known = executions.get(sql);
        return known == null ? executions.computeIfAbsent(sql, pools::execution) : known;
    }

    @Override
    public Function<NamedValues, Future<RowSet<Row>>> batched(String sql) {
        var known = batched.get(sql);
        return known == null ? batched.computeIfAbsent(sql, pools::batched) : known;
    }

    @Override
    public Function<NamedValues, Future<RowSet<Row>>> brief(String sql, Duration limit) {
        return brief.computeIfAbsent(
                new Brief(sql, limit), each -> PipelinedTransaction.brief(pools, pooler, sql, limit)::execute);
    }

    @Override
    public Function<NamedValues, Future<RowSet<Row>>> locked(String lock, String sql) {
        execution(lock); // so that it is one of the texts that tests examine
        return locked.computeIfAbsent(
                new Locked(lock, sql), each -> PipelinedTransaction.locked(pools, pooler, lock, sql)::execute);
    }

    @Override
    public Set<String> texts() {
        return executions.keySet();
    }
}
