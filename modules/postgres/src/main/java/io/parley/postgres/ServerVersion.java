package io.parley.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/** The version of a PostgreSQL server. */
public final class ServerVersion {
    static final int OLDEST = 16;

    /** Fails with {@link DatabaseException} if the server is too old for Parley. */
    public static void check(DatabaseUrl url) {
        refuseOld(Jdbc.run(url, ServerVersion::number));
    }

    /** @param number as in server_version_num, 180006 for 18.6 */
    public static void refuseOld(int number) {
        int major = number / 10_000;
        if (major < OLDEST) {
            throw new DatabaseException(
                    "the database server is PostgreSQL " + major + ", but Parley requires " + OLDEST + " or newer");
        }
    }

    private static int number(Connection connection) throws SQLException {
        return Integer.parseInt(Jdbc.show(connection, "server_version_num"));
    }

    private ServerVersion() {}
}
