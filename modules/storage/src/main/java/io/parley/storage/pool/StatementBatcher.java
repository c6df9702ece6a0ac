package io.parley.storage.pool;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.templates.SqlTemplate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Batches the executions of one statement on one slice of the pool. Those that an event loop requests in one turn, and
 * those that arrive while all connections are busy, are sent together on one connection, which wakes the server and this
 * process only once for all of them.
 */
final class StatementBatcher {
    /** Measured: 16 gained nothing more, 4 a third less; and the last execution of a batch waits for all the others. */
    private static final int LARGEST = 8;

    private final Vertx vertx;
    private final PoolSlice slice;
    private final SqlTemplate<NamedValues, RowSet<Row>> template;
    private List<Execution> open = new ArrayList<>();

    private record Execution(NamedValues values, Promise<RowSet<Row>> promise) {}

    StatementBatcher(Vertx vertx, PoolSlice slice, SqlTemplate<NamedValues, RowSet<Row>> template) {
        this.vertx = vertx;
        this.slice = slice;
        this.template = template;
    }

    Future<RowSet<Row>> run(NamedValues values) {
        var context = (ContextInternal) vertx.getOrCreateContext();
        var execution = new Execution(values, context.promise());
        var begun = join(execution);
        if (begun != null) context.runOnContext(soon -> send(begun));
        return execution.promise.future();
    }

    /** The batch, if this execution is its first. */
    private synchronized @Nullable List<Execution> join(Execution execution) {
        if (open.size() == LARGEST) open = new ArrayList<>();
        open.add(execution);
        return open.size() == 1 ? open : null;
    }

    private void send(List<Execution> batch) {
        slice.run(pool -> template.executeBatch(values(batch)))
                .onComplete((rows, failure) -> answer(batch, rows, failure));
    }

    private synchronized List<NamedValues> values(List<Execution> batch) {
        close(batch);
        return batch.stream().map(Execution::values).toList();
    }

    private synchronized void close(List<Execution> batch) {
        if (open == batch) open = new ArrayList<>();
    }

    private void answer(List<Execution> batch, @Nullable RowSet<Row> first, @Nullable Throwable failure) {
        close(batch);
        if (failure != null) fail(batch, failure);
        var rows = first;
        for (int at = 0; rows != null; at++, rows = rows.next())
            batch.get(at).promise.complete(rows);
    }

    // Values that are rejected fail their own execution only. If the server is slow or gone, all of them fail.
    private void fail(List<Execution> batch, Throwable failure) {
        if (StatementFailures.isCausedByValues(failure)) batch.forEach(this::executeAlone);
        else batch.forEach(execution -> execution.promise.fail(failure));
    }

    private void executeAlone(Execution execution) {
        slice.run(pool -> template.execute(execution.values)).onComplete(execution.promise);
    }
}
