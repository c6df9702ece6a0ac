package io.parley.storage.replicas;

import io.parley.kernel.replicas.ReplicaReads;
import io.parley.storage.pool.LogPosition;
import io.parley.storage.pool.NamedValues;
import io.parley.storage.pool.SmallRows;
import io.parley.storage.pool.StatementFailures;
import io.parley.storage.pool.Statements;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Function;

/**
 * Statements on the primary, of which those that read go to a replica if the request may and the user finds there what they wrote. After one
 * that writes, all nodes know how far replicas must be before its result is returned.
 */
public final class ReplicatedStatements implements Statements.Source {
    private final Statements primary;
    private final Replicas replicas;

    public ReplicatedStatements(Statements primary, Replicas replicas) {
        this.primary = primary;
        this.replicas = replicas;
    }

    @Override
    public Function<NamedValues, Future<RowSet<Row>>> execution(String sql) {
        return replicated(sql, primary.execution(sql), statements -> statements.execution(sql));
    }

    @Override
    public Function<NamedValues, Future<RowSet<Row>>> batched(String sql) {
        return replicated(sql, primary.batched(sql), statements -> statements.batched(sql));
    }

    @Override
    public Function<NamedValues, Future<SmallRows>> small(String sql, boolean isBatched) {
        return replicated(sql, primary.small(sql, isBatched), statements -> statements.small(sql, isBatched));
    }

    @Override
    public Function<NamedValues, Future<RowSet<Row>>> brief(String sql, Duration limit) {
        return replicated(sql, primary.brief(sql, limit), statements -> statements.brief(sql, limit));
    }

    @Override
    public Function<NamedValues, Future<RowSet<Row>>> locked(String lock, String sql) {
        return writing(primary.locked(lock, sql));
    }

    @Override
    public boolean mayReadReplica() {
        return ReplicaReads.areAllowed();
    }

    private <R> Function<NamedValues, Future<R>> replicated(
            String sql,
            Function<NamedValues, Future<R>> onPrimary,
            Function<Statements, Function<NamedValues, Future<R>>> onReplica) {
        return StatementKind.reads(sql) ? reading(onPrimary, onReplica) : writing(onPrimary);
    }

    private <R> Function<NamedValues, Future<R>> reading(
            Function<NamedValues, Future<R>> onPrimary,
            Function<Statements, Function<NamedValues, Future<R>>> onReplica) {
        return values -> {
            var replica = values.needsPrimary() ? null : replicas.choose(values.user());
            if (replica == null) return onPrimary.apply(values);
            return replica.read(statements -> onReplica.apply(statements).apply(values))
                    .recover(failure -> isTooSlow(failure) ? Future.failedFuture(failure) : onPrimary.apply(values));
        };
    }

    // The primary would cancel it after the same time.
    private static boolean isTooSlow(Throwable failure) {
        return failure instanceof PgException refused && "57014".equals(refused.getSqlState());
    }

    private <R> Function<NamedValues, Future<R>> writing(Function<NamedValues, Future<R>> onPrimary) {
        return values -> {
            var user = values.user();
            if (user == null) return onPrimary.apply(values);
            replicas.beginWrite(user);
            var position = new LogPosition();
            var written = Future.<NamedValues>succeededFuture(new PositionedValues(values, position))
                    .compose(onPrimary);
            return written.transform(done -> mark(user, done, position.value())).transform(marked -> written);
        };
    }

    private Future<Void> mark(UUID user, AsyncResult<?> written, long position) {
        if (written.succeeded() || !StatementFailures.wasNotCommitted(written.cause()))
            return replicas.committed(user, written.succeeded() ? position : 0);
        replicas.notCommitted(user);
        return Future.succeededFuture();
    }
}
