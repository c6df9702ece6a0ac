package io.parley.storage.pool;

import io.parley.storage.Parameters;
import io.parley.storage.SqlFailures;
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
 * The runs of one statement on one share. Those that an event loop asks for before it turns to what else there is to do,
 * and those that come while all connections are busy, are sent together on one connection, which wakes the server and
 * this process once for all of them.
 */
final class StatementBatcher {
    /** Twice as many gained nothing more, half as many a third less; and the last of them waits for all. */
    private static final int LONGEST = 8;

    private final Vertx vertx;
    private final PoolSlice share;
    private final SqlTemplate<Parameters, RowSet<Row>> template;
    private List<Run> open = new ArrayList<>();

    private record Run(Parameters parameters, Promise<RowSet<Row>> promise) {}

    StatementBatcher(Vertx vertx, PoolSlice share, SqlTemplate<Parameters, RowSet<Row>> template) {
        this.vertx = vertx;
        this.share = share;
        this.template = template;
    }

    Future<RowSet<Row>> run(Parameters parameters) {
        var context = (ContextInternal) vertx.getOrCreateContext();
        var run = new Run(parameters, context.promise());
        var begun = join(run);
        if (begun != null) context.runOnContext(soon -> send(begun));
        return run.promise.future();
    }

    /** The batch, where it begins with this run. */
    private synchronized @Nullable List<Run> join(Run run) {
        if (open.size() == LONGEST) open = new ArrayList<>();
        open.add(run);
        return open.size() == 1 ? open : null;
    }

    private void send(List<Run> batch) {
        share.run(pool -> template.executeBatch(parameters(batch)))
                .onComplete((rows, failure) -> answer(batch, rows, failure));
    }

    private synchronized List<Parameters> parameters(List<Run> batch) {
        close(batch);
        return batch.stream().map(Run::parameters).toList();
    }

    private synchronized void close(List<Run> batch) {
        if (open == batch) open = new ArrayList<>();
    }

    private void answer(List<Run> batch, @Nullable RowSet<Row> first, @Nullable Throwable failure) {
        close(batch);
        if (failure != null) fail(batch, failure);
        var rows = first;
        for (int at = 0; rows != null; at++, rows = rows.next())
            batch.get(at).promise.complete(rows);
    }

    // What one of them is refused for is not the fault of the others. Where the server is slow or gone all of them
    // wait.
    private void fail(List<Run> batch, Throwable failure) {
        if (SqlFailures.isOfItsValues(failure)) batch.forEach(this::runAlone);
        else batch.forEach(run -> run.promise.fail(failure));
    }

    private void runAlone(Run run) {
        share.run(pool -> template.execute(run.parameters)).onComplete(run.promise);
    }
}
