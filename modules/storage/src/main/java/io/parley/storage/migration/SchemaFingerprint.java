package io.parley.storage.migration;

import io.parley.postgres.DatabaseUrl;
import io.parley.postgres.Jdbc;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The fingerprint of the scripts that a schema was made by, stored as the comment of Flyway's history table. If it equals
 * that of this program there is nothing to migrate, and a start need not load Flyway, which takes most of a second. The
 * comment includes a hash of the history, so that any later change to the history invalidates it.
 */
final class SchemaFingerprint {
    private static final String TABLE_EXISTS = "SELECT to_regclass('flyway_schema_history') IS NOT NULL";
    private static final String READ = "SELECT obj_description('flyway_schema_history'::regclass, 'pg_class')";
    private static final String HISTORY = """
        SELECT md5(string_agg(concat_ws(' ', version, script, checksum, success), ',' ORDER BY installed_rank))
          FROM flyway_schema_history
        """;

    /** @param fingerprint of the scripts, in hexadecimal digits */
    static boolean isSet(Connection connection, String fingerprint) throws SQLException {
        return tableExists(connection) && comment(connection, fingerprint).equals(text(connection, READ));
    }

    /** Called after all scripts have run. */
    static void set(DatabaseUrl url, String fingerprint) {
        Jdbc.run(url, connection -> {
            // COMMENT takes no parameters; the text consists of hexadecimal digits only.
            try (var statement = connection.createStatement()) {
                return statement.execute(
                        "COMMENT ON TABLE flyway_schema_history IS '" + comment(connection, fingerprint) + "'");
            }
        });
    }

    private static String comment(Connection connection, String fingerprint) throws SQLException {
        return fingerprint + "-" + text(connection, HISTORY);
    }

    private static boolean tableExists(Connection connection) throws SQLException {
        return "t".equals(text(connection, TABLE_EXISTS));
    }

    private static @Nullable String text(Connection connection, String sql) throws SQLException {
        try (var query = connection.createStatement();
                var rows = query.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : null;
        }
    }

    private SchemaFingerprint() {}
}
