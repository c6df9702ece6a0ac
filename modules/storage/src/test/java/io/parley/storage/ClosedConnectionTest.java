package io.parley.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.parley.kernel.Problem;
import io.parley.kernel.async.Retry;
import io.parley.kernel.async.RetryPolicy;
import io.parley.postgres.DatabaseUrl;
import io.parley.storage.connections.PoolSettings;
import io.parley.storage.pages.PageLimits;
import io.parley.storage.pool.PoolPerLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.impl.PgSocketConnection;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.internal.Connection;
import io.vertx.sqlclient.internal.SqlConnectionInternal;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections that are closed at the moment in which they get a statement. */
class ClosedConnectionTest {
    private static final int CONNECTIONS = 3;

    private final Vertx vertx = Vertx.vertx();
    private final DatabaseUrl url = NotesDatabase.create();
    private final PoolPerLoop pools = PoolPerLoop.open(vertx, url, new PoolSettings(CONNECTIONS, 10, false), null);
    private final Database database =
            new Database(pools, false, null, SearchLimits.DEFAULT, new PageLimits(vertx, PageLimits.DEFAULT_BYTES));

    @AfterEach
    void close() {
        Futures.result(database.close());
        Futures.result(vertx.close());
    }

    @Test
    void sendsAStatementAgainThatWasNotSent() {
        insert(0);
        for (int id = 1; id <= 20; id++) {
            int each = id;
            Futures.result(afterClosing(channels(), () -> insert(each)));
        }
        assertThat(count()).isEqualTo(21);
    }

    @Test
    void sendsABatchAgainThatWasNotSent() {
        Future<List<Integer>> answers = afterClosing(
                channels(),
                () -> Future.all(IntStream.range(0, 8)
                                .mapToObj(
                                        number -> database.query("SELECT #{n}::int AS n", row -> Rows.integer(row, "n"))
                                                .batched()
                                                .only(Parameters.of("n", number)))
                                .toList())
                        .map(all -> all.<Integer>list()));

        assertThat(Futures.result(answers)).isEqualTo(List.of(0, 1, 2, 3, 4, 5, 6, 7));
    }

    @Test
    void doesNotSendAStatementAgainThatMayHaveBeenExecuted() {
        var channels = channels();
        var slow = database.query("INSERT INTO notes (id, title) SELECT 1, 'one' FROM pg_sleep(0.3)");
        var answer = slow.run(Parameters.none());
        vertx.setTimer(100, sent -> channels.forEach(ClosedConnectionTest::closeIdle));

        assertThat(Futures.problem(answer).kind()).isEqualTo(Problem.Kind.UNAVAILABLE);
        Futures.result(database.query("SELECT FROM pg_sleep(0.5)").list(Parameters.none()));
        assertThat(count()).isLessThanOrEqualTo(1);
    }

    private Future<Integer> insert(int id) {
        return database.query("INSERT INTO notes (id, title) VALUES (#{id}, 'x')")
                .run(Parameters.of("id", id));
    }

    private int count() {
        return Futures.result(database.query("SELECT id FROM notes").list(Parameters.none()))
                .size();
    }

    /** The channels of all connections of the pool. */
    private List<Channel> channels() {
        // The first connections of a process may take longer than their time-out on a busy machine.
        return Futures.result(Retry.run(vertx, RetryPolicy.attempts(5), this::usedTogether)).stream()
                .distinct()
                .toList();
    }

    private Future<List<Channel>> usedTogether() {
        return Future.all(IntStream.range(0, CONNECTIONS)
                        .mapToObj(each -> pools.with(pool -> pool.withConnection(connection -> connection
                                .query("SELECT pg_sleep(0.02)")
                                .execute()
                                .map(slept -> channel(connection)))))
                        .toList())
                .map(all -> all.<Channel>list());
    }

    private static Channel channel(SqlConnection connection) {
        Connection each = ((SqlConnectionInternal) connection).unwrap();
        while (!(each instanceof PgSocketConnection)) each = each.unwrap();
        return ((PgSocketConnection) each).socket().channelHandlerContext().channel();
    }

    // As an idle connection is closed: from this handler on, past the codec, which would wait for statements in flight.
    private static void closeIdle(Channel channel) {
        channel.pipeline().context("close-when-idle").close();
    }

    /** In one turn of the event loop, so that the pool does not know of the end yet when the statement comes. */
    private static <T> Future<T> afterClosing(List<Channel> channels, Supplier<Future<T>> statement) {
        Promise<T> promise = Promise.promise();
        channels.get(0).eventLoop().execute(() -> {
            channels.forEach(ClosedConnectionTest::closeIdle);
            statement.get().onComplete(promise);
        });
        return promise.future();
    }
}
