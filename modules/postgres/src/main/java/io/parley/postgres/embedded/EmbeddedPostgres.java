package io.parley.postgres.embedded;

import io.parley.postgres.DatabaseException;
import io.parley.postgres.DatabaseUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The PostgreSQL server inside Parley: it listens on loopback only, requires a generated password and is durable. The
 * server outlives a process that is killed, and the next process adopts it; a server that dies is restarted.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private final DirectoryLock lock;
    private final PostgresSupervisor supervisor;
    private final DatabaseUrl url;

    private EmbeddedPostgres(DirectoryLock lock, PostgresSupervisor supervisor, DatabaseUrl url) {
        this.lock = lock;
        this.supervisor = supervisor;
        this.url = url;
    }

    /** Durable, on a free port. */
    public static EmbeddedPostgres start(Path dataDirectory) {
        return start(EmbeddedSettings.in(dataDirectory));
    }

    /**
     * Blocks until the server accepts connections, however long its crash recovery takes. Fails with
     * {@link DatabaseException}, for example if another process uses the data directory.
     */
    public static EmbeddedPostgres start(EmbeddedSettings settings) {
        try {
            Files.createDirectories(settings.dataDirectory());
            // PostgreSQL resolves symbolic links as well.
            var directory = settings.dataDirectory().toRealPath();
            return start(directory, settings, DirectoryLock.take(directory));
        } catch (IOException failure) {
            throw new DatabaseException(
                    "the data directory " + settings.dataDirectory() + " cannot be used: " + failure, failure);
        }
    }

    private static EmbeddedPostgres start(Path directory, EmbeddedSettings settings, DirectoryLock lock)
            throws IOException {
        try {
            var cluster = DataDirectory.prepare(directory, settings);
            var server = Postmaster.adoptOrStart(cluster, settings.port());
            var url = cluster.url(server.port());
            DurabilityCheck.prepare(url, settings.durable());
            return new EmbeddedPostgres(lock, PostgresSupervisor.watch(cluster, server), url);
        } catch (IOException | RuntimeException failure) {
            lock.close();
            throw failure;
        }
    }

    /** The URL of the server that already runs on this data directory, for a command beside a running Parley. */
    public static Optional<DatabaseUrl> attach(Path dataDirectory) {
        try {
            return Files.isDirectory(dataDirectory) ? Postmaster.running(dataDirectory.toRealPath()) : Optional.empty();
        } catch (IOException failure) {
            throw new DatabaseException("the data directory " + dataDirectory + " cannot be read: " + failure, failure);
        }
    }

    /** Whether the data directory has a database. */
    public static boolean exists(Path dataDirectory) {
        return Files.exists(DataDirectory.data(dataDirectory));
    }

    /** Whether the server's process is alive. */
    public boolean isRunning() {
        return supervisor.isRunning();
    }

    /** How often the server has died and was started again. */
    public int restarts() {
        return supervisor.restarts();
    }

    public DatabaseUrl url() {
        return url;
    }

    /** Ends all connections and stops the server. */
    @Override
    public void close() {
        supervisor.close();
        lock.close();
    }
}
