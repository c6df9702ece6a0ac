package io.parley.postgres.embedded;

import io.parley.postgres.DatabaseUrl;
import io.parley.postgres.programs.FileTree;
import io.parley.postgres.programs.PostgresBinaries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** The server that the tests share, and the settings for a test that runs one of its own. */
public final class Servers {
    /** Where the programs are unpacked: by Maven once for all modules. */
    public static final Path BINARIES = Path.of(System.getProperty("parley.postgresql", "target/postgresql"))
            .toAbsolutePath();

    private static final AtomicInteger databases = new AtomicInteger();
    private static final EmbeddedPostgres shared = start();

    private static EmbeddedPostgres start() {
        try {
            Files.createDirectories(BINARIES);
            unpackOnce();
            var data = Files.createTempDirectory(BINARIES, "data-");
            var server = EmbeddedPostgres.start(new EmbeddedSettings(data, BINARIES, 0, false));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, data)));
            return server;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    // It takes seconds of CPU time, which each process of these tests would spend.
    private static void unpackOnce() throws IOException {
        try (var file =
                FileChannel.open(BINARIES.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            // Released when the file is closed.
            file.lock();
            PostgresBinaries.unpack(BINARIES);
        }
    }

    private static void end(EmbeddedPostgres server, Path data) {
        try {
            server.close();
            FileTree.delete(data);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** An empty database. */
    public static DatabaseUrl newDatabase() {
        return copyOf(shared.url().withDatabase("template1"));
    }

    /** A database with everything that this one of the shared server contains; nobody may be connected to it. */
    public static DatabaseUrl copyOf(DatabaseUrl database) {
        String name = "test_" + databases.incrementAndGet();
        execute(shared.url(), "CREATE DATABASE " + name + " TEMPLATE " + database.database());
        return shared.url().withDatabase(name);
    }

    public static EmbeddedSettings durable(Path data) {
        return new EmbeddedSettings(data, BINARIES, 0, true);
    }

    public static void execute(DatabaseUrl url, String sql) {
        try (var connection = url.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    public static String query(DatabaseUrl url, String sql) {
        try (var connection = url.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private Servers() {}
}
