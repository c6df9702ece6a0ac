package io.parley.storage.pool;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.sqlclient.SqlResult;
import io.vertx.sqlclient.templates.SqlTemplate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Batches the executions of one statement on one slice of the pool. Those that an event loop requests in one turn, and
 * those that arrive while all connections are busy, are sent together on one connection, which wakes the server and this
 * process only once for all of them.
 *
 * @param <T> what becomes of the rows of one execution
 */
final class StatementBatcher<T> {
    /** Measured: 16 gained nothing more, 4 a third less; and the last execution of a batch waits for all the others. */
    private static final int LARGEST = 8;

    private final Vertx vertx;
    private final PoolSlice slice;
    private final SqlTemplate<NamedValues, ? extends SqlResult<T>> template;
    private List<Execution<T>> open = new ArrayList<>();

    private record Execution<T>(NamedValues values, Promise<T> promise) {}

    StatementBatcher(Vertx vertx, PoolSlice slice, SqlTemplate<NamedValues, ? extends SqlResult<T>> template) {
        this.vertx = vertx;
        this.slice = slice;
        this.template = template;
    }

    Future<T> run(NamedValues values) {
        var context = (ContextInternal) vertx.getOrCreateContext();
        var execution = new Execution<T>(values, context.promise());
        var begun = join(execution);
        if (begun != null) context.runOnContext(soon -> send(begun));
        return execution.promise.future();
    }

    /** The batch, if this execution is its first. */
    private synchronized @Nullable List<Execution<T>> join(Execution<T> execution) {
        if (open.size() == LARGEST) open = new ArrayList<>();
        open.add(execution);
        return open.size() == 1 ? open : null;
    }

    private void send(List<Execution<T>> batch) {
        slice.run(pool -> template.executeBatch(values(batch)))
                .onComplete((first, failure) -> answer(batch, first, failure));
    }

    private synchronized List<NamedValues> values(List<Execution<T>> batch) {
        close(batch);
        return batch.stream().map(Execution::values).toList();
    }

    private synchronized void close(List<Execution<T>> batch) {
        if (open == batch) open = new ArrayList<>();
    }

    private void answer(List<Execution<T>> batch, @Nullable SqlResult<T> first, @Nullable Throwable failure) {
        close(batch);
        if (failure != null) fail(batch, failure);
        var result = first;
        for (int at = 0; result != null; at++, result = result.next())
            batch.get(at).promise.complete(result.value());
    }

    // Values that are rejected fail their own execution only. If the server is slow or gone, all of them fail.
    private void fail(List<Execution<T>> batch, Throwable failure) {
        if (StatementFailures.isCausedByValues(failure)) batch.forEach(this::executeAlone);
        else batch.forEach(execution -> execution.promise.fail(failure));
    }

    private void executeAlone(Execution<T> execution) {
        slice.run(pool -> template.execute(execution.values))
                .<T>map(SqlResult::value)
                .onComplete(execution.promise);
    }
}
