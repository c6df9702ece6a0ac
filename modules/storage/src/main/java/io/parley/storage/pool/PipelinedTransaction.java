package io.parley.storage.pool;

import io.parley.storage.connections.DatabaseDeadlines;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.PreparedStatement;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Statements in a transaction of their own. COMMIT is sent together with BEGIN, so that no lock waits for this process. All
 * settings apply to this transaction only, which works through a transaction pooler as well.
 */
public final class PipelinedTransaction {
    /** The limit applies if COMMIT is lost with the network. */
    private static final String BEGIN =
            "BEGIN; SET LOCAL idle_in_transaction_session_timeout = " + DatabaseDeadlines.STATEMENT.toMillis();

    private final PoolPerLoop pools;
    private final boolean preparesFirst;
    private final String begin;
    private final List<NamedTemplate> templates;

    private PipelinedTransaction(PoolPerLoop pools, boolean preparesFirst, String begin, List<String> texts) {
        this.pools = pools;
        this.preparesFirst = preparesFirst;
        this.begin = begin;
        this.templates = texts.stream().map(NamedTemplate::of).toList();
    }

    /**
     * One statement with a limit on how long it holds its locks. {@code synchronous_commit} is off, so that none of them waits
     * for the disk or a standby. The idle limit applies if COMMIT arrives late, or never because this process or the network
     * died.
     */
    public static PipelinedTransaction brief(PoolPerLoop pools, boolean pooler, String sql, Duration limit) {
        long millis = limit.toMillis();
        var begin = "BEGIN; SET LOCAL statement_timeout = " + millis
                + "; SET LOCAL idle_in_transaction_session_timeout = " + Math.max(1, millis / 2)
                + "; SET LOCAL synchronous_commit = off";
        return new PipelinedTransaction(pools, !pooler, begin, List.of(sql));
    }

    /**
     * A statement that reads and changes what another one has locked. It sees everything that was committed before the lock
     * was granted, because at the isolation level READ COMMITTED each statement sees what was committed before it began.
     */
    public static PipelinedTransaction locked(PoolPerLoop pools, boolean pooler, String lock, String sql) {
        return new PipelinedTransaction(pools, !pooler, BEGIN, List.of(lock, sql));
    }

    /** Returns the rows of the last statement. */
    public Future<RowSet<Row>> execute(NamedValues values) {
        var tuples = tuples(values);
        var beginning = begin + pools.settingOf(values);
        return pools.with(pool -> pool.withConnection(connection -> preparesFirst
                ? prepareAndExecute(connection, beginning, tuples, values.position())
                : execute(connection, beginning, unprepared(connection), tuples, values.position())));
    }

    private List<Tuple> tuples(NamedValues values) {
        for (var name : values.names())
            if (templates.stream().noneMatch(template -> template.names().contains(name)))
                throw new IllegalArgumentException("no statement has the parameter " + name);
        return templates.stream().map(template -> template.tuple(values)).toList();
    }

    // Behind a pooler a statement might be prepared on another connection. Otherwise the connection keeps it prepared.
    private List<PreparedQuery<RowSet<Row>>> unprepared(SqlConnection connection) {
        return templates.stream()
                .map(template -> connection.preparedQuery(template.sql()))
                .toList();
    }

    // Prepared before the transaction, which would otherwise wait for this process.
    private Future<RowSet<Row>> prepareAndExecute(
            SqlConnection connection, String beginning, List<Tuple> tuples, @Nullable LogPosition position) {
        var preparing = templates.stream()
                .map(template -> connection.prepare(template.sql()))
                .toList();
        return Future.join(preparing)
                .compose(prepared -> execute(
                        connection,
                        beginning,
                        prepared.<PreparedStatement>list().stream()
                                .map(PreparedStatement::query)
                                .toList(),
                        tuples,
                        position))
                .eventually(() -> close(preparing));
    }

    private static Future<?> close(List<Future<PreparedStatement>> prepared) {
        return Future.join(prepared.stream()
                        .filter(Future::succeeded)
                        .map(each -> each.result().close())
                        .toList())
                .otherwiseEmpty();
    }

    private Future<RowSet<Row>> execute(
            SqlConnection connection,
            String beginning,
            List<PreparedQuery<RowSet<Row>>> queries,
            List<Tuple> tuples,
            @Nullable LogPosition position) {
        Promise<RowSet<Row>> broken = Promise.promise();
        connection.exceptionHandler(broken::tryFail);
        var begun = connection.query(beginning).execute();
        var rows = IntStream.range(0, queries.size())
                .mapToObj(at -> queries.get(at).execute(tuples.get(at)))
                .toList();
        var ended = connection.query("COMMIT").execute();
        Future<Void> asked = position == null ? Future.succeededFuture() : position.ask(connection);
        var sent = new ArrayList<Future<RowSet<Row>>>(rows);
        sent.add(0, begun);
        sent.add(ended);
        return Future.join(sent)
                .eventually(() -> asked)
                .transform(
                        done -> firstFailure(sent).map(rows.get(rows.size() - 1).result()))
                .recover(failure -> broken.future().failed() ? broken.future() : Future.failedFuture(failure));
    }

    // After a failure all later statements of the transaction fail as well.
    private static Future<?> firstFailure(List<Future<RowSet<Row>>> sent) {
        return sent.stream().filter(Future::failed).findFirst().orElse(sent.get(0));
    }
}
