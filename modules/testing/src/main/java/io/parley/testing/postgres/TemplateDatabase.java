package io.parley.testing.postgres;

import io.parley.postgres.DatabaseUrl;
import io.parley.storage.migration.Migrations;
import io.parley.testing.FixtureData;
import io.parley.testing.Repository;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** A database with all tables and the people everyone knows, of which every test class gets a copy. */
record TemplateDatabase(TestServer server, AtomicInteger copies) implements AutoCloseable {
    private static final String NAME = "everybody";

    static TemplateDatabase make() {
        var template = new TemplateDatabase(TestServer.start(), new AtomicInteger());
        template.execute("CREATE DATABASE " + NAME);
        var url = template.server.url().withDatabase(NAME);
        migrate(url);
        FixtureData.insert(url);
        return template;
    }

    private static void migrate(DatabaseUrl url) {
        var locations = Repository.migrations().stream()
                .map(folder -> "filesystem:" + folder)
                .toArray(String[]::new);
        if (locations.length > 0) new Migrations(url, locations).migrate();
    }

    DatabaseUrl copy() {
        String name = "test_" + copies.incrementAndGet();
        execute("CREATE DATABASE " + name + " TEMPLATE " + NAME);
        return server.url().withDatabase(name);
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
