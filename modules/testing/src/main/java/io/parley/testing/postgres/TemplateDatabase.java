package io.parley.testing.postgres;

import io.parley.postgres.DatabaseUrl;
import io.parley.storage.migration.RowSecurity;
import io.parley.testing.FixtureData;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** A database with the tables of all modules and the {@link io.parley.testing.Fixtures}; every test class gets a copy. */
record TemplateDatabase(TestServer server, String name, AtomicInteger copies) implements AutoCloseable {

    /** Uses the one that another test run has made on the same server, if there is one for the same tables. */
    static TemplateDatabase make() {
        var folder = BuildFolder.current();
        var template = new TemplateDatabase(
                TestServer.start(folder), "template_" + SchemaDigest.current() + suffix(), new AtomicInteger());
        folder.exclusively(template::makeIfMissing);
        return template;
    }

    private static String suffix() {
        return HashPartitions.WANTED ? "_partitioned" : "";
    }

    private TemplateDatabase makeIfMissing() {
        if (exists()) return this;
        // Renamed at the end, so that a run that is killed in the middle leaves no half-made template.
        var unfinished = "unfinished_" + ProcessHandle.current().pid();
        var url = MigratedDatabase.create(server.url(), unfinished);
        if (HashPartitions.WANTED) HashPartitions.create(url);
        FixtureData.insert(url);
        RowSecurity.enable(url, url.user());
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
