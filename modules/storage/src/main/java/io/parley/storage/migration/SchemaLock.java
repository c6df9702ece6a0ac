package io.parley.storage.migration;

import io.parley.postgres.DatabaseException;
import io.parley.postgres.DatabaseUrl;
import io.parley.postgres.Jdbc;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Lets one program at a time change the schema of a database, upwards or downwards; the others wait. The lock belongs
 * to a transaction, so that it works through a transaction pooler too and ends with whoever holds it.
 */
final class SchemaLock {
    // "parley" in ASCII: Flyway's own lock, which it takes while it migrates, is another.
    private static final long KEY = 0x7061_726c_6579L;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    static <T> T hold(DatabaseUrl url, Supplier<T> work) {
        return Jdbc.run(url, connection -> {
            take(connection);
            return work.get();
        });
    }

    private static void take(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute("SET LOCAL lock_timeout = " + LONGEST_WAIT.toMillis());
            // While it is held this connection has nothing to do.
            statement.execute("SET LOCAL idle_in_transaction_session_timeout = 0");
            statement.execute("SET LOCAL statement_timeout = 0");
            statement.execute("SELECT pg_advisory_xact_lock(" + KEY + ")");
        } catch (SQLException failure) {
            if (!LOCK_NOT_AVAILABLE.equals(failure.getSQLState())) throw failure;
            throw new DatabaseException(
                    "another program has been changing the schema for " + LONGEST_WAIT.toMinutes()
                            + " minutes: try again when it is done",
                    failure);
        }
    }

    private SchemaLock() {}
}
