package io.parley.postgres.embedded;

import io.parley.postgres.DatabaseException;
import io.parley.postgres.programs.ServerAccount;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Starts a server and waits until it takes connections. */
final class PostmasterStart {
    // A port may be taken between its choice and its use; a dead server's last processes may still hold its memory.
    private static final int ATTEMPTS = 10;
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(500);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final DataDirectory cluster;
    private final int port;

    PostmasterStart(DataDirectory cluster, int port) {
        this.cluster = cluster;
        this.port = port;
    }

    Postmaster run() throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (attempt > 0) Pause.of(BETWEEN_ATTEMPTS);
            var process = cluster.command(command(port == 0 ? EmbeddedAddress.freePort() : port))
                    .start()
                    .toHandle();
            var ready = awaitReady(cluster, process);
            if (ready.isPresent()) return new Postmaster(process, ready.get().port());
        }
        throw new DatabaseException("PostgreSQL does not start; see " + cluster.log());
    }

    /** Without limit: a server that recovers from a crash may take long. Nothing where it has ended. */
    static Optional<PostmasterFile> awaitReady(DataDirectory cluster, ProcessHandle process) throws IOException {
        while (process.isAlive()) {
            var file = PostmasterFile.read(cluster.data())
                    .filter(written -> written.process() == process.pid() && written.ready());
            if (file.isPresent()) return file;
            Pause.of(BETWEEN_LOOKS);
        }
        return Optional.empty();
    }

    private List<String> command(int port) {
        var command = new ArrayList<String>();
        // Out of the terminal's process group, so that Ctrl-C reaches Parley alone and requests in flight can finish.
        if (ServerAccount.works(List.of("setsid"))) command.add("setsid");
        command.add(cluster.binaries().program("postgres").toString());
        command.addAll(List.of("-D", cluster.data().toString(), "-p", Integer.toString(port)));
        for (String setting : settings()) command.addAll(List.of("-c", setting));
        return command;
    }

    private List<String> settings() {
        String durability = cluster.durable() ? "on" : "off";
        return List.of(
                "listen_addresses=" + EmbeddedAddress.HOST,
                "unix_socket_directories=",
                "fsync=" + durability,
                "synchronous_commit=" + durability,
                "full_page_writes=" + durability,
                "password_encryption=scram-sha-256",
                "lc_messages=C",
                "timezone=UTC",
                "log_timezone=UTC",
                "logging_collector=off",
                // A refused statement is the application's to report; its text may hold what a user wrote.
                "log_min_messages=log",
                "log_min_error_statement=panic",
                "log_checkpoints=off");
    }
}
