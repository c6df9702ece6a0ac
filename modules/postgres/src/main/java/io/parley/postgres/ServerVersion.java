package io.parley.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/** Which PostgreSQL a server is. */
public final class ServerVersion {
    static final int OLDEST = 16;

    public static void check(DatabaseUrl url) {
        refuseOld(Jdbc.run(url, ServerVersion::number));
    }

    /** The number as in server_version_num, 180006 for 18.6. */
    public static void refuseOld(int number) {
        int major = number / 10_000;
        if (major < OLDEST) {
            throw new DatabaseException(
                    "the database server is PostgreSQL " + major + ", Parley needs " + OLDEST + " or newer");
        }
    }

    private static int number(Connection connection) throws SQLException {
        return Integer.parseInt(Jdbc.show(connection, "server_version_num"));
    }

    private ServerVersion() {}
}
