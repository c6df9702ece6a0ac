package io.parley.testing.postgres;

import io.parley.postgres.DatabaseUrl;
import io.parley.storage.migration.RowSecurity;
import io.parley.testing.FixtureData;
import java.sql.SQLException;
import java.util.UUID;

/** A database with the tables of all modules and the {@link io.parley.testing.Fixtures}; every test class gets a copy. */
record TemplateDatabase(TestServer server, String name) implements AutoCloseable {

    /** Uses the one that another test run has made on the same server, if there is one for the same tables. */
    static TemplateDatabase make() {
        var folder = BuildFolder.current();
        var template = new TemplateDatabase(TestServer.start(folder), "template_" + SchemaDigest.current() + suffix());
        folder.exclusively(template::makeIfMissing);
        return template;
    }

    private static String suffix() {
        return HashPartitions.WANTED ? "_partitioned" : "";
    }

    private TemplateDatabase makeIfMissing() {
        if (exists()) return this;
        // Renamed at the end, so that a run that is killed in the middle leaves no half-made template.
        var unfinished = unique("unfinished_");
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
        var copy = unique("test_");
        execute("CREATE DATABASE " + copy + " TEMPLATE " + name);
        return server.url().withDatabase(copy);
    }

    // Not from the id of the process, which the system uses again while the server of the build still runs.
    private static String unique(String prefix) {
        return prefix + UUID.randomUUID().toString().replace("-", "");
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
