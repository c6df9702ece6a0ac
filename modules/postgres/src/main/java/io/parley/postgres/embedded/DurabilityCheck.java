package io.parley.postgres.embedded;

import io.parley.postgres.DatabaseException;
import io.parley.postgres.DatabaseUrl;
import io.parley.postgres.Jdbc;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Checks an embedded server before it is used, shortens the hash of its password, and creates its database. */
public final class DurabilityCheck {
    private static final List<String> DURABLE = List.of("fsync", "synchronous_commit", "full_page_writes");

    public static void prepare(DatabaseUrl url, boolean durable) {
        Jdbc.run(url.withDatabase("postgres"), connection -> {
            if (durable) assertDurable(connection);
            PasswordHash.shorten(connection, url.password());
            if (!hasDatabase(connection, url.database())) create(connection, url.database());
            return true;
        });
    }

    private static void assertDurable(Connection connection) throws SQLException {
        for (String setting : DURABLE) {
            if (!Jdbc.show(connection, setting).equals("on")) {
                throw new DatabaseException("the embedded PostgreSQL runs with " + setting
                        + "=off and would lose committed transactions in a crash: stop it and start Parley again");
            }
        }
    }

    private static boolean hasDatabase(Connection connection, String name) throws SQLException {
        try (var query = connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?")) {
            query.setString(1, name);
            try (var rows = query.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static void create(Connection connection, String name) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
    }

    private DurabilityCheck() {}
}
