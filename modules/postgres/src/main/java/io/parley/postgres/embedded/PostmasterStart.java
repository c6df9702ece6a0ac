package io.parley.postgres.embedded;

import io.parley.postgres.DatabaseException;
import io.parley.postgres.programs.ServerAccount;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Starts a server and waits until it accepts connections. */
final class PostmasterStart {
    // Another process may take the port before the server does, and the last processes of a dead server may still hold
    // its shared memory.
    private static final int ATTEMPTS = 10;
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(500);
    private static final Duration BETWEEN_CHECKS = Duration.ofMillis(20);

    private final DataDirectory directory;
    private final int port;

    PostmasterStart(DataDirectory directory, int port) {
        this.directory = directory;
        this.port = port;
    }

    Postmaster run() throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (attempt > 0) Pause.forDuration(BETWEEN_ATTEMPTS);
            var process = directory
                    .command(command(port == 0 ? EmbeddedAddress.freePort() : port))
                    .start()
                    .toHandle();
            var ready = awaitReady(directory, process);
            if (ready.isPresent()) return new Postmaster(process, ready.get().port());
        }
        throw new DatabaseException("PostgreSQL did not start; see " + directory.log());
    }

    /** Waits without limit, because crash recovery can take long. Returns empty if the process has ended. */
    static Optional<PostmasterFile> awaitReady(DataDirectory directory, ProcessHandle process) throws IOException {
        while (process.isAlive()) {
            var file = PostmasterFile.read(directory.data())
                    .filter(written -> written.process() == process.pid() && written.ready());
            if (file.isPresent()) return file;
            Pause.forDuration(BETWEEN_CHECKS);
        }
        return Optional.empty();
    }

    private List<String> command(int port) {
        var command = new ArrayList<String>();
        // In a process group of its own, so that Ctrl-C reaches only Parley and requests in flight can finish.
        if (ServerAccount.works(List.of("setsid"))) command.add("setsid");
        command.add(directory.binaries().program("postgres").toString());
        command.addAll(List.of("-D", directory.data().toString(), "-p", Integer.toString(port)));
        for (String setting : settings()) command.addAll(List.of("-c", setting));
        return command;
    }

    private List<String> settings() {
        var settings = new ArrayList<>(fixedSettings());
        if (directory.sharedBuffersBytes() > 0)
            settings.add("shared_buffers=" + directory.sharedBuffersBytes() / 1024 + "kB");
        return settings;
    }

    private List<String> fixedSettings() {
        String durability = directory.durable() ? "on" : "off";
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
                // The application reports failed statements; their text may contain what a user wrote.
                "log_min_messages=log",
                "log_min_error_statement=panic",
                "log_checkpoints=off");
    }
}
