package io.parley.storage.migration;

import io.parley.postgres.DatabaseException;
import io.parley.postgres.DatabaseUrl;
import io.parley.postgres.Jdbc;
import java.sql.Connection;
import java.sql.SQLException;

/** Checks that the search words of a database were made with the configured settings, because its index depends on them. */
final class SearchConfigCheck {
    private static final String CREATED_WITH = """
        SELECT n.nspname, c.cfgname
          FROM pg_ts_config c JOIN pg_namespace n ON n.oid = c.cfgnamespace
         WHERE c.oid = search_configuration()
        """;

    /** Fails if they were made with others; a database without a schema may use any. */
    static void check(DatabaseUrl url, SearchConfiguration wanted) {
        Jdbc.run(url, connection -> {
            check(connection, wanted);
            return true;
        });
    }

    static void check(Connection connection, SearchConfiguration wanted) throws SQLException {
        if (hasFunction(connection, "search_configuration")) checkName(connection, wanted.name());
        if (hasFunction(connection, "search_folds_accents")) checkAccents(connection, wanted.foldsAccents());
    }

    private static boolean hasFunction(Connection connection, String name) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT to_regproc(?) IS NOT NULL")) {
            statement.setString(1, name);
            try (var rows = statement.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        }
    }

    private static void checkName(Connection connection, String wanted) throws SQLException {
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

    private static void checkAccents(Connection connection, boolean wanted) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT search_folds_accents()")) {
            if (rows.next() && rows.getBoolean(1) != wanted)
                throw new DatabaseException("the search words of the database were made with search.fold-accents "
                        + !wanted + ", but it is set to " + wanted
                        + ": set it back, or export all data and import it into a new database");
        }
    }

    private SearchConfigCheck() {}
}
