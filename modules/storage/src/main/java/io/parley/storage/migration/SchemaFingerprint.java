package io.parley.storage.migration;

import io.parley.postgres.DatabaseUrl;
import io.parley.postgres.Jdbc;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Which scripts a schema was made by, noted on the table that lists them: where they are those of this program there is
 * nothing to migrate, and no need to start Flyway, which takes most of a second, to find that out. What was done to the
 * list since makes the mark void.
 */
final class SchemaFingerprint {
    private static final String IS_THERE = "SELECT to_regclass('flyway_schema_history') IS NOT NULL";
    private static final String READ = "SELECT obj_description('flyway_schema_history'::regclass, 'pg_class')";
    private static final String HISTORY = """
        SELECT md5(string_agg(concat_ws(' ', version, script, checksum, success), ',' ORDER BY installed_rank))
          FROM flyway_schema_history
        """;

    /** @param fingerprint of the scripts, in hexadecimal digits */
    static boolean isSet(Connection connection, String fingerprint) throws SQLException {
        return isThere(connection) && mark(connection, fingerprint).equals(text(connection, READ));
    }

    /** Once all of the scripts have run. */
    static void set(DatabaseUrl url, String fingerprint) {
        Jdbc.run(url, connection -> {
            // What follows IS can be no parameter; it is nothing but digits.
            try (var comment = connection.createStatement()) {
                return comment.execute(
                        "COMMENT ON TABLE flyway_schema_history IS '" + mark(connection, fingerprint) + "'");
            }
        });
    }

    private static String mark(Connection connection, String fingerprint) throws SQLException {
        return fingerprint + "-" + text(connection, HISTORY);
    }

    private static boolean isThere(Connection connection) throws SQLException {
        return "t".equals(text(connection, IS_THERE));
    }

    private static @Nullable String text(Connection connection, String sql) throws SQLException {
        try (var query = connection.createStatement();
                var rows = query.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : null;
        }
    }

    private SchemaFingerprint() {}
}
