package io.parley.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** The server that those tests share which do it no harm, and what a test needs to run one of its own. */
final class Servers {
    static final Path BINARIES = Path.of("target/postgresql").toAbsolutePath();

    private static final AtomicInteger databases = new AtomicInteger();
    private static final EmbeddedPostgres shared = start();

    private static EmbeddedPostgres start() {
        try {
            Files.createDirectories(BINARIES);
            var data = Files.createTempDirectory(BINARIES, "data-");
            var server = EmbeddedPostgres.start(new EmbeddedSettings(data, BINARIES, 0, false));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, data)));
            return server;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
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
    static DatabaseUrl newDatabase() {
        String name = "test_" + databases.incrementAndGet();
        execute(shared.url(), "CREATE DATABASE " + name);
        return shared.url().withDatabase(name);
    }

    /** With the table of {@code db/small} in it. */
    static DatabaseUrl newDatabaseWithNotes() {
        var url = newDatabase();
        new Migrations(url, "classpath:db/small").migrate();
        return url;
    }

    static EmbeddedSettings durable(Path data) {
        return new EmbeddedSettings(data, BINARIES, 0, true);
    }

    static void execute(DatabaseUrl url, String sql) {
        try (var connection = url.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    static String query(DatabaseUrl url, String sql) {
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
