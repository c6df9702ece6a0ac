package io.parley.storage;

import io.parley.kernel.Problem;
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
 * One SQL statement with named parameters, to be kept and run any number of times at once. Every failure of the
 * database is a {@link Problem}; parameters that are not exactly those of the text are a programming error and fail
 * with {@link IllegalArgumentException}, since the template itself would bind NULL for a missing one.
 */
public final class Query<T> {
    private final Database database;
    private final String sql;
    private final Function<Parameters, Future<RowSet<Row>>> execution;
    private final Function<Row, T> row;
    private final Map<String, Problem> constraints;

    Query(
            Database database,
            String sql,
            Function<Parameters, Future<RowSet<Row>>> execution,
            Function<Row, T> row,
            Map<String, Problem> constraints) {
        this.database = database;
        this.sql = sql;
        this.execution = execution;
        this.row = row;
        this.constraints = constraints;
    }

    /** The same statement, failing with these problems when it violates the constraints of these names. */
    public Query<T> translating(Map<String, Problem> problems) {
        return new Query<>(database, sql, execution, row, Map.copyOf(problems));
    }

    /**
     * The same statement, giving its locks back in time: where the server takes longer than the limit it undoes all of
     * it, and the statement fails with {@link Problem#timeout}. For what may just as well be done again: a server that
     * crashes a moment after the statement has succeeded may have undone it, too.
     */
    public Query<T> within(Duration limit) {
        return new Query<>(database, sql, database.brief(sql, limit), row, constraints);
    }

    /**
     * The same statement, of which up to eight runs that are asked for at once, or that wait for a connection, are sent
     * together. For what only reads, reads no row in vain and waits for no lock, so that each hardly holds up the
     * others. One that fails does not fail the rest.
     */
    public Query<T> batched() {
        return new Query<>(database, sql, database.batched(sql), row, constraints);
    }

    /** The first row, where there is one. */
    public Future<Optional<T>> one(Parameters parameters) {
        return execute(parameters).map(this::first);
    }

    /** The row of a statement that always gives one. */
    public Future<T> only(Parameters parameters) {
        return one(parameters).map(Optional::orElseThrow);
    }

    public Future<List<T>> list(Parameters parameters) {
        return execute(parameters).map(this::all);
    }

    /** How many rows were written. */
    public Future<Integer> run(Parameters parameters) {
        return execute(parameters).map(SqlResult::rowCount);
    }

    private Future<RowSet<Row>> execute(Parameters parameters) {
        return Future.succeededFuture(parameters)
                .compose(execution)
                .recover(failure -> SqlFailures.wasNotExecuted(failure)
                        ? database.again(() -> execution.apply(parameters))
                        : Future.failedFuture(failure))
                .recover(failure -> Future.failedFuture(SqlFailures.translate(sql, failure, constraints)));
    }

    private Optional<T> first(RowSet<Row> rows) {
        return rows.size() == 0
                ? Optional.empty()
                : Optional.of(row.apply(rows.iterator().next()));
    }

    private List<T> all(RowSet<Row> rows) {
        var mapped = new ArrayList<T>(rows.size());
        for (Row each : rows) mapped.add(row.apply(each));
        return mapped;
    }
}
