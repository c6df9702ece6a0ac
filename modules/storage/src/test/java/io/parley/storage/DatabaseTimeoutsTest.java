package io.parley.storage;

import static io.parley.kernel.Problem.Kind.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.kernel.Secret;
import io.parley.postgres.DatabaseUrl;
import io.parley.postgres.TlsMode;
import io.parley.postgres.embedded.Processes;
import io.parley.postgres.embedded.Servers;
import io.parley.storage.connections.PoolSettings;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The time-outs of a pool, which are waited for: at the same time, because they are six to eight seconds. */
@Execution(ExecutionMode.CONCURRENT)
class DatabaseTimeoutsTest {
    private static final PoolSettings SMALL = new PoolSettings(1, 1, false);

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        Futures.result(vertx.close());
    }

    @Test
    void isUnavailableForAStatementThatWaitsTooLongButNotForLaterOnes() {
        var database = Database.connect(vertx, Servers.newDatabase(), SMALL);
        var slow = database.query("SELECT pg_sleep(4.5)").run(Parameters.none());

        assertThat(Futures.problem(database.ping()).kind()).isEqualTo(UNAVAILABLE);
        Futures.result(slow);
        Futures.result(database.ping());
    }

    @Test
    void replacesAConnectionThatFallsSilent() throws Exception {
        var database = Database.connect(vertx, Servers.newDatabase(), SMALL);
        var process = database.query("SELECT pg_backend_pid()", row -> row.getInteger(0));
        int silent = Futures.result(process.one(Parameters.none())).orElseThrow();
        Processes.signal("STOP", silent);
        try {
            assertThat(Futures.problem(database.ping()).kind()).isEqualTo(UNAVAILABLE);
            assertThat(Futures.result(process.one(Parameters.none())))
                    .isPresent()
                    .get()
                    .isNotEqualTo(silent);
        } finally {
            Processes.signal("CONT", silent);
        }
    }

    @Test
    void reconnectsIfAServerIsSilentFromTheStart() throws Exception {
        try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(10_000);
            var url = new DatabaseUrl(
                    "127.0.0.1",
                    server.getLocalPort(),
                    "parley",
                    "ada",
                    new Secret(""),
                    TlsMode.DISABLE,
                    Optional.empty());
            var database = Database.connect(vertx, url, SMALL);

            assertThat(Futures.problem(database.ping()).kind()).isEqualTo(UNAVAILABLE);
            server.accept().close();
            assertThat(Futures.problem(database.ping()).kind()).isEqualTo(UNAVAILABLE);
            server.accept().close();
        }
    }
}
