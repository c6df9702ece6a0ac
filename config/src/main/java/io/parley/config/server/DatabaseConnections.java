package io.parley.config.server;

import io.parley.config.settings.DatabaseSettings;
import io.parley.postgres.DatabaseException;
import io.parley.postgres.DatabaseRole;
import io.parley.postgres.DatabaseUrl;
import io.parley.storage.Database;
import io.parley.storage.migration.RowSecurity;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the connections of a process, with row-level security if the settings want it and it can be had. */
public final class DatabaseConnections {
    private static final Logger log = LoggerFactory.getLogger(DatabaseConnections.class);

    /** Blocks. The schema must be current. */
    public static Database open(Vertx vertx, DatabaseSetup setup, DatabaseSettings settings) {
        return secure(setup, settings)
                ? Database.connectSecured(vertx, setup.url(), setup.owner(), settings.pool(), settings.pageBytes())
                : Database.connect(vertx, setup.url(), settings.pool(), settings.pageBytes());
    }

    /**
     * Secures the tables, or removes what would hide their rows. Returns whether they are secured. Fails with
     * {@link DatabaseException} if the login would see no rows.
     */
    public static boolean secure(DatabaseSetup setup, DatabaseSettings settings) {
        try {
            if (!settings.rowSecurity()) {
                RowSecurity.disable(setup.owner());
                return false;
            }
            if (settings.pool().pooler()) requireRoleOfLogin(setup.url(), settings);
            RowSecurity.enable(setup.owner(), setup.url().user());
            return true;
        } catch (DatabaseException failure) {
            if (RowSecurity.restricts(setup.url()))
                throw new DatabaseException(
                        "row-level security hides all rows from the user "
                                + setup.url().user() + ": " + failure.getMessage(),
                        failure);
            if (settings.rowSecurity()) log.warn("row-level security is off: {}", failure.getMessage());
            return false;
        }
    }

    // A pooler takes no role in the startup message.
    private static void requireRoleOfLogin(DatabaseUrl url, DatabaseSettings settings) {
        if (settings.ownerUrl().isEmpty())
            throw new DatabaseException("behind a transaction pooler it needs database.owner-url");
        if (!RowSecurity.isApp(url))
            throw new DatabaseException("behind a transaction pooler the user " + url.user()
                    + " needs ALTER ROLE … SET role = '" + DatabaseRole.APP.text() + "'");
    }

    private DatabaseConnections() {}
}
