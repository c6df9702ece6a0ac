package io.parley.testing.postgres;

import io.parley.postgres.DatabaseUrl;
import io.parley.storage.migration.Migrations;
import io.parley.testing.FixtureData;
import io.parley.testing.Repository;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** A database with the tables of all modules and the {@link io.parley.testing.Fixtures}; every test class gets a copy. */
record TemplateDatabase(TestServer server, String name, AtomicInteger copies) implements AutoCloseable {

    /** Uses the one that another test run has made on the same server, if there is one for the same tables. */
    static TemplateDatabase make() {
        var folder = BuildFolder.current();
        var template = new TemplateDatabase(
                TestServer.start(folder), "template_" + SchemaDigest.current(), new AtomicInteger());
        folder.exclusively(template::makeIfMissing);
        return template;
    }

    private TemplateDatabase makeIfMissing() {
        if (exists()) return this;
        // Renamed at the end, so that a run that is killed in the middle leaves no half-made template.
        var unfinished = "unfinished_" + ProcessHandle.current().pid();
        execute("DROP DATABASE IF EXISTS " + unfinished);
        execute("CREATE DATABASE " + unfinished);
        var url = server.url().withDatabase(unfinished);
        migrate(url);
        FixtureData.insert(url);
        execute("ALTER DATABASE " + unfinished + " RENAME TO " + name);
        return this;
    }

    private boolean exists() {
        try (var connection = server.url().connect();
                var query = connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?")) {
            query.setString(1, name);
            try (var rows = query.executeQuery()) {
                return rows.next();
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static void migrate(DatabaseUrl url) {
        var locations = Repository.migrations().stream()
                .map(folder -> "filesystem:" + folder)
                .toArray(String[]::new);
        if (locations.length > 0) new Migrations(url, locations).migrate();
    }

    DatabaseUrl copy() {
        var copy = "test_" + ProcessHandle.current().pid() + "_" + copies.incrementAndGet();
        execute("CREATE DATABASE " + copy + " TEMPLATE " + name);
        return server.url().withDatabase(copy);
    }

    private void execute(String sql) {
        try (var connection = server.url().connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
