package io.parley.storage.backup;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The settings of the transactions that dump and load, so that values have one form on every server and nothing times out. */
final class DumpSession {
    private static final List<String> SETTINGS = List.of(
            "datestyle = 'ISO'",
            "intervalstyle = 'postgres'",
            "timezone = 'UTC'",
            "bytea_output = 'hex'",
            "statement_timeout = 0",
            "lock_timeout = 0",
            "idle_in_transaction_session_timeout = 0",
            // Fails rather than leaving rows out.
            "row_security = off");

    static void configure(Statement statement) throws SQLException {
        for (var setting : SETTINGS) statement.execute("SET LOCAL " + setting);
    }

    private DumpSession() {}
}
