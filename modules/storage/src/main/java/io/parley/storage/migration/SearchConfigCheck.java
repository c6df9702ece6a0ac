package io.parley.storage.migration;

import io.parley.postgres.DatabaseException;
import io.parley.postgres.DatabaseUrl;
import io.parley.postgres.Jdbc;
import java.sql.Connection;
import java.sql.SQLException;

/** Checks that a database was created with the configured text search configuration, because its index depends on it. */
final class SearchConfigCheck {
    private static final String SCHEMA_EXISTS = "SELECT to_regproc('search_configuration') IS NOT NULL";

    private static final String CREATED_WITH = """
        SELECT n.nspname, c.cfgname
          FROM pg_ts_config c JOIN pg_namespace n ON n.oid = c.cfgnamespace
         WHERE c.oid = search_configuration()
        """;

    /** Fails if the database was created with another one; a database without a schema may use any. */
    static void check(DatabaseUrl url, SearchConfiguration wanted) {
        Jdbc.run(url, connection -> {
            check(connection, wanted);
            return true;
        });
    }

    static void check(Connection connection, SearchConfiguration wanted) throws SQLException {
        if (schemaExists(connection)) check(connection, wanted.name());
    }

    private static boolean schemaExists(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(SCHEMA_EXISTS)) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    private static void check(Connection connection, String wanted) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(CREATED_WITH)) {
            if (!rows.next()) return;
            var name = rows.getString(2);
            var made = rows.getString(1) + "." + name;
            if (!wanted.equals(made) && !wanted.equals(name))
                throw new DatabaseException("the database was created with the text search configuration " + made
                        + ", but search.configuration is " + wanted
                        + ": set it back, or export all data and import it into a new database");
        }
    }

    private SearchConfigCheck() {}
}
