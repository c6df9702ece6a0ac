package io.parley.storage.pool;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One statement in a transaction of its own with a limit on how long it holds its locks. COMMIT is sent together with
 * BEGIN, so that no lock waits for this process, and {@code synchronous_commit} is off, so that none waits for the disk
 * or a standby. All settings apply to this transaction only, which works through a transaction pooler as well.
 */
public final class BriefTransaction {
    private static final Pattern PARAMETER = Pattern.compile("#\\{(\\w+)}");

    private final PoolPerLoop pools;
    private final boolean pooler;
    private final String begin;
    private final String sql;
    private final List<String> names = new ArrayList<>();

    public BriefTransaction(PoolPerLoop pools, boolean pooler, String template, Duration limit) {
        this.pools = pools;
        this.pooler = pooler;
        this.begin = begin(limit.toMillis());
        this.sql = PARAMETER.matcher(template).replaceAll(match -> "\\$" + position(match.group(1)));
    }

    // The idle limit applies if COMMIT arrives late, or never because this process or the network died.
    private static String begin(long millis) {
        return "BEGIN; SET LOCAL statement_timeout = " + millis
                + "; SET LOCAL idle_in_transaction_session_timeout = " + Math.max(1, millis / 2)
                + "; SET LOCAL synchronous_commit = off";
    }

    private int position(String name) {
        if (!names.contains(name)) names.add(name);
        return names.indexOf(name) + 1;
    }

    public Future<RowSet<Row>> execute(NamedValues values) {
        var tuple = NamedValues.tuple(names::get, names.size(), values);
        return pools.with(pool -> pool.withConnection(connection ->
                pooler ? execute(connection, connection.preparedQuery(sql), tuple) : execute(connection, tuple)));
    }

    // Prepared before the transaction, which would otherwise wait for this process. Behind a pooler the
    // statement might be prepared on another connection.
    private Future<RowSet<Row>> execute(SqlConnection connection, Tuple tuple) {
        return connection
                .prepare(sql)
                .compose(prepared -> execute(connection, prepared.query(), tuple)
                        .eventually(() -> prepared.close().otherwiseEmpty()));
    }

    private Future<RowSet<Row>> execute(SqlConnection connection, PreparedQuery<RowSet<Row>> query, Tuple tuple) {
        Promise<RowSet<Row>> broken = Promise.promise();
        connection.exceptionHandler(broken::tryFail);
        var begun = connection.query(begin).execute();
        var rows = query.execute(tuple);
        var ended = connection.query("COMMIT").execute();
        return Future.join(begun, rows, ended)
                .transform(done -> begun.compose(before -> rows).compose(result -> ended.map(result)))
                .recover(failure -> broken.future().failed() ? broken.future() : Future.failedFuture(failure));
    }
}
