package io.parley.storage.backup;

import io.parley.postgres.DatabaseException;
import io.parley.postgres.DatabaseUrl;
import io.parley.postgres.Jdbc;
import io.parley.storage.migration.Migrations;
import io.parley.storage.migration.SearchConfiguration;
import java.sql.Connection;
import java.sql.SQLException;

/** Fills an empty database from a backup. */
public final class Restore {
    private static final String RELATIONS = """
        SELECT EXISTS (SELECT FROM pg_class c
                        WHERE c.relnamespace = current_schema()::regnamespace
                          AND NOT EXISTS (SELECT FROM pg_depend d
                                           WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'))
        """;

    /** Fails with {@link BackupException} if a newer Parley made it, or if it is damaged. Reads everything; blocks. */
    public static void check(BackupArchive backup) {
        int version = backup.manifest().schemaVersion();
        if (version > Migrations.newestVersion())
            throw new BackupException(
                    "the backup has the schema version " + version + ", but this version of Parley knows "
                            + Migrations.newestVersion() + " at most: use the newer Parley that made the backup");
        backup.verify();
    }

    /** Fails with {@link DatabaseException} if the database has tables. */
    public static void requireEmpty(DatabaseUrl url) {
        Jdbc.run(url, connection -> {
            if (isUsed(connection))
                throw new DatabaseException("the database " + url + " is not empty: restore into an empty one");
            return true;
        });
    }

    private static boolean isUsed(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(RELATIONS)) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    /**
     * Creates the schema of the backup, loads all rows in one transaction, and migrates to the newest schema. The database is
     * empty again if it fails. Blocks.
     *
     * @param search with which the search words are made again
     */
    public static BackupResult run(DatabaseUrl url, SearchConfiguration search, BackupArchive backup) {
        long started = System.nanoTime();
        var migrations = new Migrations(url, search);
        try {
            migrations.migrateTo(backup.manifest().schemaVersion());
            new TableLoader(url, backup).run();
            migrations.migrate();
            return BackupResult.of(backup.manifest(), backup.bytes(), started);
        } catch (RuntimeException failure) {
            clear(migrations, failure);
            throw failure;
        }
    }

    private static void clear(Migrations migrations, RuntimeException failure) {
        try {
            migrations.remove();
        } catch (DatabaseException notCleared) {
            failure.addSuppressed(notCleared);
        }
    }

    private Restore() {}
}
