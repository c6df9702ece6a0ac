package io.parley.storage;

import static io.parley.kernel.Problem.Kind.INTERNAL;
import static io.parley.kernel.Problem.Kind.INVALID;
import static io.parley.kernel.Problem.Kind.TIMEOUT;
import static io.parley.kernel.Problem.Kind.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.kernel.Problem;
import io.parley.kernel.Secret;
import io.parley.postgres.DatabaseUrl;
import io.parley.postgres.TlsMode;
import io.parley.postgres.embedded.Servers;
import io.parley.storage.connections.PoolSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DatabaseTest {
    private static final PoolSettings DIVIDED = new PoolSettings(8, 16, false, 2);
    private static final PoolSettings SMALL = new PoolSettings(1, 1, false);

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        Futures.result(vertx.close());
    }

    @Test
    void limitsTheTimeOfEveryStatement() {
        var database = Database.connect(vertx, Servers.newDatabase(), SMALL);
        var limit = database.query("SHOW statement_timeout", row -> row.getString(0));

        assertThat(Futures.result(limit.one(Parameters.none()))).contains("5s");
        assertThat(problem(database, "SELECT pg_cancel_backend(pg_backend_pid()), pg_sleep(5)"))
                .isEqualTo(TIMEOUT);
    }

    @Test
    void sendsNoSettingsToAPooler() {
        var database = Database.connect(vertx, Servers.newDatabase(), new PoolSettings(1, 1, true));
        var limit = database.query("SHOW statement_timeout", row -> row.getString(0));

        assertThat(Futures.result(limit.one(Parameters.none()))).contains("0");
        assertThat(Futures.result(limit.one(Parameters.none()))).contains("0");
    }

    @Test
    void isUnavailableIfTheQueueIsFull() {
        var database = Database.connect(vertx, Servers.newDatabase(), SMALL);
        var slow = database.query("SELECT pg_sleep(0.2)");
        var runs = new ArrayList<Future<?>>();
        for (int run = 0; run < 5; run++) runs.add(slow.run(Parameters.none()));
        Futures.result(Future.join(runs).otherwiseEmpty());

        assertThat(runs).filteredOn(Future::succeeded).isNotEmpty();
        assertThat(runs)
                .filteredOn(Future::failed)
                .isNotEmpty()
                .allSatisfy(run -> assertThat(Futures.problem(run).kind()).isEqualTo(UNAVAILABLE));
    }

    @Test
    void usesTheFreeConnectionsOfOtherEventLoops() {
        var database = Database.connect(vertx, Servers.newDatabase(), DIVIDED);

        assertThat(Futures.result(sleeping(database, DIVIDED.size())).distinct())
                .hasSize(DIVIDED.size());
    }

    @Test
    void waitsForConnectionsOfOtherEventLoopsIfTheirQueuesAreShorter() {
        var database = Database.connect(vertx, Servers.newDatabase(), DIVIDED);
        Futures.result(sleeping(database, DIVIDED.size()));

        // All that run, all that may wait for the connections of this event loop, and four more.
        int statements = DIVIDED.size() + DIVIDED.queue() / 2 + 4;
        assertThat(Futures.result(sleeping(database, statements))).hasSize(statements);
    }

    /** Returns the connections that {@code number} statements ran on. */
    private static Future<Stream<Integer>> sleeping(Database database, int number) {
        var sleep = database.query("SELECT pg_backend_pid(), pg_sleep(0.1)", row -> row.getInteger(0));
        return Future.all(Stream.generate(() -> sleep.only(Parameters.none()))
                        .limit(number)
                        .toList())
                .map(all -> all.<Integer>list().stream());
    }

    @Test
    void isUnavailableWhenItsConnectionEndsAndRecovers() {
        var database = Database.connect(vertx, Servers.newDatabase(), SMALL);

        assertThat(problem(database, "SELECT pg_terminate_backend(pg_backend_pid()), pg_sleep(5)"))
                .isEqualTo(UNAVAILABLE);
        Futures.result(database.ping());
    }

    @Test
    void isUnavailableWithoutAServer() {
        assertThat(Futures.problem(at(1).ping()).kind()).isEqualTo(UNAVAILABLE);
    }

    private Database at(int port) {
        return Database.connect(
                vertx,
                new DatabaseUrl("127.0.0.1", port, "parley", "ada", new Secret(""), TlsMode.DISABLE, Optional.empty()),
                SMALL);
    }

    @Test
    void distinguishesBadInputFromProgrammingErrors() {
        var database = Database.connect(vertx, NotesDatabase.create(), SMALL);
        var nul = database.query("SELECT #{text}::text");

        assertThat(Futures.problem(nul.run(Parameters.of("text", "a\0b"))).kind())
                .isEqualTo(INVALID);
        assertThat(problem(database, "SELECT 2147483647 + 1")).isEqualTo(INVALID);
        assertThat(problem(database, "SELECT '\"\\u0000\"'::jsonb ->> 0")).isEqualTo(INVALID);
        assertThat(problem(database, "SELECT nothing FROM nowhere")).isEqualTo(INTERNAL);
        var mistyped = database.query("SELECT id FROM notes WHERE id = #{id}");
        assertThat(Futures.problem(mistyped.run(Parameters.of("id", "seven"))).kind())
                .isEqualTo(INTERNAL);
    }

    private static Problem.Kind problem(Database database, String sql) {
        return Futures.problem(database.query(sql).run(Parameters.none())).kind();
    }
}
