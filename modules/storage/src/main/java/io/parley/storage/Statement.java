package io.parley.storage;

import io.parley.kernel.Problem;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlResult;
import io.vertx.sqlclient.templates.SqlTemplate;
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
public final class Statement<T> {
    private final SqlTemplate<Parameters, RowSet<Row>> template;
    private final Function<Row, T> row;
    private final Map<String, Problem> constraints;

    Statement(SqlTemplate<Parameters, RowSet<Row>> template, Function<Row, T> row, Map<String, Problem> constraints) {
        this.template = template;
        this.row = row;
        this.constraints = constraints;
    }

    /** The same statement, failing with these problems when it violates the constraints of these names. */
    public Statement<T> translating(Map<String, Problem> problems) {
        return new Statement<>(template, row, Map.copyOf(problems));
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
        return template.execute(parameters)
                .recover(failure ->
                        SqlFailures.didNothing(failure) ? template.execute(parameters) : Future.failedFuture(failure))
                .recover(failure -> Future.failedFuture(SqlFailures.translate(template.sql(), failure, constraints)));
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
