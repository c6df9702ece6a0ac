package io.parley.postgres.embedded;

import io.parley.postgres.DatabaseException;
import io.parley.postgres.DatabaseUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The PostgreSQL that Parley brings along: on loopback alone, entered with a generated password, durable. Its server
 * outlives a program that is killed, and the next one takes it over; a server that dies is started again where it was.
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
     * Blocks until the server takes connections, however long it recovers from a crash. Fails with
     * {@link DatabaseException}, also where another program has the data directory.
     */
    public static EmbeddedPostgres start(EmbeddedSettings settings) {
        try {
            Files.createDirectories(settings.dataDirectory());
            // As PostgreSQL sees it, whichever links lead there.
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

    /** Where a server of this data directory runs already, for a command beside a running program. */
    public static Optional<DatabaseUrl> attach(Path dataDirectory) {
        try {
            return Files.isDirectory(dataDirectory) ? Postmaster.running(dataDirectory.toRealPath()) : Optional.empty();
        } catch (IOException failure) {
            throw new DatabaseException("the data directory " + dataDirectory + " cannot be read: " + failure, failure);
        }
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
