package io.parley.storage.pool;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.util.function.Function;

/**
 * Statements on the connections of one server.
 *
 * @param pooler whether the connections go through a transaction pooler
 */
public record PooledStatements(PoolPerLoop pools, boolean pooler) implements Statements.Source {
    @Override
    public Function<NamedValues, Future<RowSet<Row>>> execution(String sql) {
        return pools.execution(sql);
    }

    @Override
    public Function<NamedValues, Future<RowSet<Row>>> batched(String sql) {
        return pools.batched(sql);
    }

    @Override
    public Function<NamedValues, Future<SmallRows>> small(String sql, boolean isBatched) {
        return pools.small(sql, isBatched);
    }

    @Override
    public Function<NamedValues, Future<RowSet<Row>>> brief(String sql, Duration limit) {
        return PipelinedTransaction.brief(pools, pooler, sql, limit)::execute;
    }

    @Override
    public Function<NamedValues, Future<RowSet<Row>>> locked(String lock, String sql) {
        return PipelinedTransaction.locked(pools, pooler, lock, sql)::execute;
    }

    @Override
    public boolean mayReadReplica() {
        return false;
    }
}
