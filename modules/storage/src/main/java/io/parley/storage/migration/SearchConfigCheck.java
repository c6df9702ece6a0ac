package io.parley.storage.migration;

import io.parley.postgres.DatabaseException;
import io.parley.postgres.DatabaseUrl;
import io.parley.postgres.Jdbc;
import java.sql.Connection;
import java.sql.SQLException;

/** The text search configuration that a database was made with, which its words are stored in and asked for in. */
final class SearchConfigCheck {
    private static final String SCHEMA_IS_THERE = "SELECT to_regproc('search_configuration') IS NOT NULL";

    private static final String MADE_WITH = """
        SELECT n.nspname, c.cfgname
          FROM pg_ts_config c JOIN pg_namespace n ON n.oid = c.cfgnamespace
         WHERE c.oid = search_configuration()
        """;

    /** Fails where it is another one; a database without the schema may become one with any. */
    static void check(DatabaseUrl url, SearchConfiguration wanted) {
        Jdbc.run(url, connection -> {
            check(connection, wanted);
            return true;
        });
    }

    static void check(Connection connection, SearchConfiguration wanted) throws SQLException {
        if (isThere(connection)) check(connection, wanted.name());
    }

    private static boolean isThere(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(SCHEMA_IS_THERE)) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    private static void check(Connection connection, String wanted) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(MADE_WITH)) {
            if (!rows.next()) return;
            var name = rows.getString(2);
            var made = rows.getString(1) + "." + name;
            if (!wanted.equals(made) && !wanted.equals(name))
                throw new DatabaseException("the database was made with the text search configuration " + made
                        + ", and search.configuration says " + wanted
                        + ": set it back, or export everything and import it into a new database");
        }
    }

    private SearchConfigCheck() {}
}
