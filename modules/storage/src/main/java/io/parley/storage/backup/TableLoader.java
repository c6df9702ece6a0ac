package io.parley.storage.backup;

import io.parley.postgres.DatabaseException;
import io.parley.postgres.DatabaseUrl;
import io.parley.postgres.Jdbc;
import io.parley.storage.migration.DetachedIndexes;
import io.parley.storage.migration.DetachedSchema;
import io.parley.storage.migration.SchemaLock;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * Loads the tables of a backup into a schema of the same version, in one transaction. Triggers would write rows that the
 * backup has; foreign keys and indexes are made afterwards, because keeping them with each row takes several times as long.
 */
final class TableLoader {
    private static final String HAS_USERS = "SELECT EXISTS (SELECT FROM users)";

    /** Sequences of identity columns go on behind the loaded rows. */
    private static final String SEQUENCES = """
        SELECT format('SELECT setval(%L, (SELECT coalesce(max(%I), 0) + 1 FROM %s), false)',
                      pg_get_serial_sequence(c.oid::regclass::text, a.attname), a.attname, c.oid::regclass)
          FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
         WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace AND NOT c.relispartition
           AND pg_get_serial_sequence(c.oid::regclass::text, a.attname) IS NOT NULL
        """;

    private final DatabaseUrl url;
    private final BackupArchive backup;

    TableLoader(DatabaseUrl url, BackupArchive backup) {
        this.url = url;
        this.backup = backup;
    }

    void run() {
        SchemaLock.hold(url, () -> Jdbc.run(url, this::load));
    }

    private boolean load(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            DumpSession.configure(statement);
            statement.execute("SET LOCAL maintenance_work_mem = '256MB'");
            // A server that was started meanwhile may have registered somebody.
            if (isTrue(statement, HAS_USERS))
                throw new BackupException(
                        "the database " + url + " is used by a server: stop it, and restore into an empty one");
            load(connection, statement);
            connection.commit();
            connection.setAutoCommit(true);
            statement.execute("ANALYZE");
        } catch (SQLException failure) {
            throw new DatabaseException(
                    "the backup cannot be loaded (SQLSTATE " + failure.getSQLState() + "): " + firstLine(failure),
                    failure);
        }
        return true;
    }

    private void load(Connection connection, Statement statement) throws SQLException {
        var tables = DumpedTable.all(statement);
        requireSameTables(tables);
        var detached = DetachedSchema.detach(statement);
        var indexes = DetachedIndexes.detach(statement);
        statement.execute("TRUNCATE "
                + tables.stream().map(table -> DumpedTable.quoted(table.name())).collect(Collectors.joining(", ")));
        var copies = connection.unwrap(PGConnection.class).getCopyAPI();
        for (var entry : backup.manifest().tables()) load(copies, entry);
        indexes.attach();
        detached.attach();
        for (var sequence : texts(statement)) statement.execute(sequence);
    }

    private void requireSameTables(List<DumpedTable> tables) {
        var expected = new HashMap<String, HashSet<String>>();
        for (var table : tables) expected.put(table.name(), new HashSet<>(table.columns()));
        var found = new HashMap<String, HashSet<String>>();
        for (var entry : backup.manifest().tables()) found.put(entry.table(), new HashSet<>(entry.columns()));
        if (!found.equals(expected))
            throw backup.damaged(
                    "its tables are not those of the schema version "
                            + backup.manifest().schemaVersion(),
                    null);
    }

    private void load(CopyManager copies, Manifest.Entry entry) throws SQLException {
        try (var rows = backup.table(entry)) {
            long loaded = copies.copyIn(new DumpedTable(entry.table(), entry.columns()).copyIn(), rows);
            if (loaded != entry.rows()) throw backup.damaged("the count of " + entry.name() + " is wrong", null);
        } catch (IOException failure) {
            throw backup.damaged(entry.name() + " cannot be unpacked", failure);
        }
    }

    private static boolean isTrue(Statement statement, String sql) throws SQLException {
        try (var rows = statement.executeQuery(sql)) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    private static List<String> texts(Statement statement) throws SQLException {
        var texts = new ArrayList<String>();
        try (var rows = statement.executeQuery(SEQUENCES)) {
            while (rows.next()) texts.add(rows.getString(1));
        }
        return texts;
    }

    private static String firstLine(SQLException failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }
}
