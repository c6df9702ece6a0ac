package io.parley.storage.migration;

import io.parley.postgres.DatabaseException;
import io.parley.postgres.DatabaseUrl;
import io.parley.postgres.Jdbc;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Lets one process at a time migrate a database; the others wait, and so do backups. The lock belongs to a transaction, so that it works
 * through a transaction pooler and ends with the process that holds it.
 */
public final class SchemaLock {
    // "parley" in ASCII. Flyway takes a lock of its own while it migrates.
    private static final long KEY = 0x7061_726c_6579L;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    public static <T> T hold(DatabaseUrl url, Supplier<T> work) {
        return hold(url, "pg_advisory_xact_lock", work);
    }

    /** For work during which the schema must not change: any number of processes may do such work at once. */
    public static <T> T share(DatabaseUrl url, Supplier<T> work) {
        return hold(url, "pg_advisory_xact_lock_shared", work);
    }

    private static <T> T hold(DatabaseUrl url, String lock, Supplier<T> work) {
        return Jdbc.run(url, connection -> {
            take(connection, lock);
            return work.get();
        });
    }

    private static void take(Connection connection, String lock) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute("SET LOCAL lock_timeout = " + LONGEST_WAIT.toMillis());
            // This connection is idle while the lock is held.
            statement.execute("SET LOCAL idle_in_transaction_session_timeout = 0");
            statement.execute("SET LOCAL statement_timeout = 0");
            statement.execute("SELECT " + lock + "(" + KEY + ")");
        } catch (SQLException failure) {
            if (!LOCK_NOT_AVAILABLE.equals(failure.getSQLState())) throw failure;
            throw new DatabaseException(
                    "another process has been migrating the schema for " + LONGEST_WAIT.toMinutes()
                            + " minutes: try again when it has finished",
                    failure);
        }
    }

    private SchemaLock() {}
}
