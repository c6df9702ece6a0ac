package io.parley.testing.postgres;

import io.parley.kernel.Secret;
import io.parley.postgres.DatabaseUrl;
import io.parley.postgres.Jdbc;
import io.parley.postgres.embedded.DataDirectory;
import io.parley.postgres.embedded.Postmaster;
import io.parley.postgres.programs.FileTree;
import io.parley.postgres.programs.PostgresBinaries;
import io.parley.postgres.programs.ServerAccount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/** A hot standby of an embedded server, made from the same binaries, which a test can pause, freeze, kill and promote. */
public final class Standby implements AutoCloseable {
    private final DataDirectory files;
    private final DatabaseUrl primary;
    private Postmaster server;

    /**
     * Copies the primary and starts to follow it; returns when it answers.
     *
     * @param primary a superuser's, without TLS
     * @param primaryFiles Parley's data directory with the primary
     * @param directory that does not exist yet
     */
    public static Standby of(DatabaseUrl primary, Path primaryFiles, Path directory) {
        try {
            return new Standby(primary, primaryFiles.toRealPath(), directory);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Standby(DatabaseUrl primary, Path primaryFiles, Path directory) throws IOException {
        this.primary = primary;
        var own = Files.createDirectories(directory).toRealPath();
        var data = DataDirectory.data(own);
        var label = Jdbc.run(primary, connection -> copy(connection, DataDirectory.data(primaryFiles), data));
        Files.writeString(data.resolve("backup_label"), label);
        removeLog(data);
        Files.deleteIfExists(data.resolve("postmaster.pid"));
        Files.deleteIfExists(data.resolve("postmaster.opts"));
        Files.createFile(data.resolve("standby.signal"));
        Files.writeString(
                data.resolve("postgresql.auto.conf"),
                "primary_conninfo = 'host=" + primary.host() + " port=" + primary.port() + " user=" + primary.user()
                        + " password=" + primary.password().value() + "'\n",
                StandardOpenOption.APPEND);
        this.files = new DataDirectory(
                PostgresBinaries.unpack(primaryFiles),
                own,
                ServerAccount.choose(data),
                new Secret(primary.password().value()),
                false,
                0);
        files.account().changeOwner(files.directory());
        this.server = Postmaster.adoptOrStart(files, 0);
    }

    // What vanishes while it is copied is in the log. Java's own copy would lose the owner.
    private static String copy(Connection connection, Path from, Path to) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SELECT pg_backup_start('standby', true)");
            run("cp", "-a", from.toString(), to.toString());
            try (var rows = statement.executeQuery("SELECT labelfile FROM pg_backup_stop()")) {
                rows.next();
                return rows.getString(1);
            }
        }
    }

    private static void removeLog(Path data) throws IOException {
        try (Stream<Path> log = Files.walk(data.resolve("pg_wal"))) {
            for (var file : log.filter(Files::isRegularFile).toList()) Files.delete(file);
        }
    }

    private static void run(String... command) {
        try {
            new ProcessBuilder(command)
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Of the same database as that of the primary. */
    public DatabaseUrl url() {
        return files.url(server.port()).withDatabase(primary.database());
    }

    public void pauseReplay() {
        execute("SELECT pg_wal_replay_pause()");
    }

    public void resumeReplay() {
        execute("SELECT pg_wal_replay_resume()");
    }

    /** Makes it a primary of its own. */
    public void promote() {
        execute("SELECT pg_promote()");
    }

    private void execute(String sql) {
        Jdbc.run(url(), connection -> {
            try (var statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }

    /** SIGKILL to all its processes. */
    public void kill() {
        var all = processes();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(process -> process.onExit().join());
    }

    /** Starts it again on the same port; returns when it answers. */
    public void restart() {
        try {
            server = Postmaster.adoptOrStart(files, server.port());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** SIGSTOP. */
    public void freeze() {
        processes().forEach(process -> run("kill", "-STOP", String.valueOf(process.pid())));
    }

    /** SIGCONT. */
    public void thaw() {
        processes().forEach(process -> run("kill", "-CONT", String.valueOf(process.pid())));
    }

    // The first one is the one that would start others.
    private List<ProcessHandle> processes() {
        return Stream.concat(Stream.of(server.process()), server.process().descendants())
                .toList();
    }

    @Override
    public void close() {
        try {
            kill();
            FileTree.delete(files.directory());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
