package io.parley.storage.pool;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;

/**
 * The functions that execute statements with named parameters, cached by text, so that for a known text this is one look-up in a hash
 * map.
 */
public interface Statements {
    Function<NamedValues, Future<RowSet<Row>>> execution(String sql);

    /** The statement may be sent together with other executions of it. */
    Function<NamedValues, Future<RowSet<Row>>> batched(String sql);

    /** The statement is rolled back after this time. */
    Function<NamedValues, Future<RowSet<Row>>> brief(String sql, Duration limit);

    /** In one transaction after another statement, which locks what it reads. */
    Function<NamedValues, Future<RowSet<Row>>> locked(String lock, String sql);

    /** The texts of all statements so far. */
    Set<String> texts();
}
