package io.parley.storage;

import java.sql.Connection;
import java.sql.SQLException;

/** Which PostgreSQL a server is. */
final class ServerVersion {
    static final int OLDEST = 16;

    static void check(DatabaseUrl url) {
        refuseOld(Jdbc.run(url, ServerVersion::number));
    }

    /** The number as in server_version_num, 180006 for 18.6. */
    static void refuseOld(int number) {
        int major = number / 10_000;
        if (major < OLDEST) {
            throw new StorageException(
                    "the database server is PostgreSQL " + major + ", Parley needs " + OLDEST + " or newer");
        }
    }

    private static int number(Connection connection) throws SQLException {
        return Integer.parseInt(Jdbc.show(connection, "server_version_num"));
    }

    private ServerVersion() {}
}
