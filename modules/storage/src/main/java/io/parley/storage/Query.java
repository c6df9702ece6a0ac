package io.parley.storage;

import io.parley.contracts.audit.SecurityEvent;
import io.parley.kernel.Problem;
import io.parley.storage.pool.NamedValues;
import io.parley.storage.pool.SmallRows;
import io.parley.storage.pool.StatementFailures;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * An SQL statement with named parameters, which can be executed any number of times at once. Every failure of the
 * database is a {@link Problem}. Parameters that are not exactly those of the text are a programming error and fail with
 * {@link IllegalArgumentException}, because the template of Vert.x would bind NULL for a missing one.
 */
public final class Query<T> {
    private final Database database;
    private final String sql;
    private final Function<NamedValues, Future<RowSet<Row>>> execution;
    private final Function<Row, T> row;
    private final Map<String, Problem> constraints;

    Query(
            Database database,
            String sql,
            Function<NamedValues, Future<RowSet<Row>>> execution,
            Function<Row, T> row,
            Map<String, Problem> constraints) {
        this.database = database;
        this.sql = sql;
        this.execution = execution;
        this.row = row;
        this.constraints = constraints;
    }

    /** The same statement; it fails with these problems if it violates the constraints of these names. */
    public Query<T> translating(Map<String, Problem> problems) {
        return new Query<>(database, sql, execution, row, Map.copyOf(problems));
    }

    /**
     * The same statement with a limit on how long it holds its locks: if the server takes longer, it rolls the statement
     * back, which then fails with {@link Problem#timeout}. Only for work that can be repeated: a server that crashes
     * shortly after the statement succeeded may lose it, because the commit does not wait for the disk.
     */
    public Query<T> within(Duration limit) {
        return new Query<>(database, sql, database.brief(sql, limit), row, constraints);
    }

    /**
     * The same statement in one transaction with another one that is executed before it and locks what it reads. So it sees
     * whatever the last owner of the lock has committed, which a statement that takes the lock itself need not see.
     *
     * @param lock a statement with some of this one's parameters
     */
    public Query<T> afterLocking(String lock) {
        return new Query<>(database, sql, database.locked(lock, sql), row, constraints);
    }

    /**
     * The same statement in one transaction with security events, so that none is missing and none is there that did not happen. They
     * are recorded last, because nobody else can record any from then to the end of the transaction.
     *
     * @param events that each row of the result stands for
     */
    public Query<T> recording(Function<T, List<SecurityEvent>> events) {
        var recording = database.recording(
                sql,
                rows -> all(rows).stream()
                        .flatMap(each -> events.apply(each).stream())
                        .toList());
        return new Query<>(database, sql, recording, row, constraints);
    }

    /**
     * The same statement; up to eight executions that are requested at once, or that wait for a connection, are sent
     * together. Only for reads that examine no more rows than they return and wait for no lock, so that each hardly
     * delays the others. One that fails does not fail the rest.
     */
    public Query<T> batched() {
        return new Query<>(database, sql, database.batched(sql), row, constraints);
    }

    /** The first row, if there is one. */
    public Future<Optional<T>> one(Parameters parameters) {
        var found = rows(parameters).map(this::first);
        return database.mayMiss() ? found.compose(row -> elseOnPrimary(row, parameters)) : found;
    }

    // Another program may have written the row, which sets no mark: ask the primary before a row counts as missing.
    private Future<Optional<T>> elseOnPrimary(Optional<T> found, Parameters parameters) {
        return found.isPresent()
                ? Future.succeededFuture(found)
                : rows(parameters.onPrimary()).map(this::first);
    }

    /** The row of a statement that always returns one. */
    public Future<T> only(Parameters parameters) {
        return one(parameters).map(Optional::orElseThrow);
    }

    public Future<List<T>> list(Parameters parameters) {
        return rows(parameters).map(this::all);
    }

    /**
     * The rows; nothing if they are too large ({@link SmallRows}). The server sends all of them even then, unless one of them alone is
     * too large ({@link io.parley.storage.pages.BoundedRows#smallSql}).
     *
     * @param isBatched as by {@link #batched}
     */
    Future<Optional<List<T>>> listIfSmall(Parameters parameters, boolean isBatched) {
        return execute(database.small(sql, isBatched), parameters)
                .compose(rows -> rows.areTooLarge()
                        ? Future.succeededFuture(Optional.empty())
                        : database.open(rows).map(opened -> Optional.of(all(opened))));
    }

    /** The number of rows that were written. */
    public Future<Integer> run(Parameters parameters) {
        return execute(execution, parameters).map(SqlResult::rowCount);
    }

    private Future<Iterable<Row>> rows(Parameters parameters) {
        return execute(execution, parameters).compose(database::open);
    }

    private <R> Future<R> execute(Function<NamedValues, Future<R>> statement, Parameters parameters) {
        var span = StatementSpan.begin(sql);
        return Future.succeededFuture(parameters)
                .compose(statement)
                .recover(failure -> StatementFailures.wasNotExecuted(failure)
                        ? database.again(() -> statement.apply(parameters))
                        : Future.failedFuture(failure))
                .recover(failure -> Future.failedFuture(SqlFailures.translate(sql, failure, constraints)))
                .onComplete(span::end);
    }

    private Optional<T> first(Iterable<Row> rows) {
        var each = rows.iterator();
        if (!each.hasNext()) return Optional.empty();
        var first = each.next();
        return Optional.of(row.apply(ResultColumns.of(first).found(first)));
    }

    private List<T> all(Iterable<Row> rows) {
        var mapped = new ArrayList<T>();
        ResultColumns columns = null;
        for (Row each : rows) {
            if (columns == null) columns = ResultColumns.of(each);
            mapped.add(row.apply(columns.found(each)));
        }
        return mapped;
    }
}
