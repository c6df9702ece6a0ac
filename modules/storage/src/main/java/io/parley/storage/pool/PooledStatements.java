package io.parley.storage.pool;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;

/** Statements on the connections of one server. */
public final class PooledStatements implements Statements {
    private final Made<String, RowSet<Row>> executions;
    private final Made<String, RowSet<Row>> batched;
    private final Made<Small, SmallRows> small;
    private final Made<Brief, RowSet<Row>> brief;
    private final Made<Locked, RowSet<Row>> locked;

    private record Locked(String lock, String sql) {}

    /** @param pooler whether the connections go through a transaction pooler */
    public PooledStatements(PoolPerLoop pools, boolean pooler) {
        executions = new Made<>(pools::execution);
        batched = new Made<>(pools::batched);
        small = new Made<>(each -> pools.small(each.sql(), each.isBatched()));
        brief = new Made<>(each -> PipelinedTransaction.brief(pools, pooler, each.sql(), each.limit())::execute);
        locked = new Made<>(each -> PipelinedTransaction.locked(pools, pooler, each.lock(), each.sql())::execute);
    }

    @Override
    public Function<NamedValues, Future<RowSet<Row>>> execution(String sql) {
        return executions.of(sql);
    }

    @Override
    public Function<NamedValues, Future<RowSet<Row>>> batched(String sql) {
        return batched.of(sql);
    }

    @Override
    public Function<NamedValues, Future<SmallRows>> small(String sql, boolean isBatched) {
        return small.of(new Small(sql, isBatched));
    }

    @Override
    public Function<NamedValues, Future<RowSet<Row>>> brief(String sql, Duration limit) {
        return brief.of(new Brief(sql, limit));
    }

    @Override
    public Function<NamedValues, Future<RowSet<Row>>> locked(String lock, String sql) {
        execution(lock); // so that it is one of the texts that tests examine
        return locked.of(new Locked(lock, sql));
    }

    @Override
    public Set<String> texts() {
        return executions.keys();
    }
}
