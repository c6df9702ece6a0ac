package io.parley.postgres.embedded;

import io.parley.kernel.Secret;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * How the server keeps the generated password: hashed once, and not 4096 times, which is PostgreSQL's default. The repetitions slow down
 * those who guess, and nobody guesses 256 random bits; but each new connection would repeat them, which took a sixth of the CPU time of a
 * start (measured on JDK 25).
 */
final class PasswordHash {
    static final int ITERATIONS = 1;

    /** Hashes the password again if the database was made by a Parley that did not know this. */
    static void shorten(Connection connection, Secret password) throws SQLException {
        if (isShort(connection)) return;
        try (var statement = connection.createStatement()) {
            statement.execute("SET scram_iterations = " + ITERATIONS);
            // ALTER ROLE takes no parameters.
            statement.execute("ALTER ROLE CURRENT_USER PASSWORD " + statement.enquoteLiteral(password.value()));
        }
    }

    private static boolean isShort(Connection connection) throws SQLException {
        try (var query =
                connection.prepareStatement("SELECT rolpassword LIKE ? FROM pg_authid WHERE rolname = current_user")) {
            query.setString(1, "SCRAM-SHA-256$" + ITERATIONS + ":%");
            try (var rows = query.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        }
    }

    private PasswordHash() {}
}
