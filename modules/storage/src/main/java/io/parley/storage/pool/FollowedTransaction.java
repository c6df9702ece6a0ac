package io.parley.storage.pool;

import io.parley.storage.connections.DatabaseDeadlines;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A statement in one transaction with another one that follows from its rows. The other one is sent together with COMMIT, so that
 * a lock that it takes does not wait for this process. Both are statements of their own, because a distributed database may execute
 * what is part of a statement on another node.
 */
public final class FollowedTransaction {
    private static final String BEGIN =
            "BEGIN; SET LOCAL idle_in_transaction_session_timeout = " + DatabaseDeadlines.STATEMENT.toMillis();

    private final PoolPerLoop pools;
    private final NamedTemplate statement;
    private final NamedTemplate following;

    /** @param answers of the statement that followed, once for each of its values */
    public record Result(RowSet<Row> rows, List<RowSet<Row>> answers) {}

    public FollowedTransaction(PoolPerLoop pools, String sql, String following) {
        this.pools = pools;
        this.statement = NamedTemplate.of(sql);
        this.following = NamedTemplate.of(following);
    }

    /** @param values makes the values of the second statement from the rows of the first one; none for not at all */
    public Future<Result> execute(NamedValues parameters, Function<RowSet<Row>, List<? extends NamedValues>> values) {
        for (var name : parameters.names())
            if (!statement.names().contains(name))
                throw new IllegalArgumentException("the statement has no parameter " + name);
        return pools.with(pool -> pool.withConnection(connection -> execute(connection, parameters, values)));
    }

    private Future<Result> execute(
            SqlConnection connection,
            NamedValues parameters,
            Function<RowSet<Row>, List<? extends NamedValues>> values) {
        Promise<Result> broken = Promise.promise();
        connection.exceptionHandler(broken::tryFail);
        var begun = connection.query(BEGIN + pools.settingOf(parameters)).execute();
        var rows = connection.preparedQuery(statement.sql()).execute(statement.tuple(parameters));
        return Future.join(begun, rows)
                .transform(done -> firstFailure(List.of(begun, rows)))
                .compose(done -> commit(connection, rows.result(), values.apply(rows.result())))
                .recover(failure -> rollback(connection)
                        .transform(rolledBack ->
                                broken.future().failed() ? broken.future() : Future.failedFuture(failure)));
    }

    private Future<Result> commit(SqlConnection connection, RowSet<Row> rows, List<? extends NamedValues> values) {
        var query = connection.preparedQuery(following.sql());
        var answers = values.stream()
                .map(each -> query.execute(following.tuple(each)))
                .toList();
        var sent = new ArrayList<Future<RowSet<Row>>>(answers);
        sent.add(connection.query("COMMIT").execute());
        return Future.join(sent)
                .transform(done -> firstFailure(sent))
                .map(done ->
                        new Result(rows, answers.stream().map(Future::result).toList()));
    }

    private static Future<?> rollback(SqlConnection connection) {
        return connection.query("ROLLBACK").execute();
    }

    // After a failure all later statements of the transaction fail as well.
    private static Future<?> firstFailure(List<Future<RowSet<Row>>> sent) {
        return sent.stream().filter(Future::failed).findFirst().orElse(sent.get(0));
    }
}
