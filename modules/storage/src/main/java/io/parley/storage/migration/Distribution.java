package io.parley.storage.migration;

import io.parley.postgres.DatabaseException;
import io.parley.postgres.DatabaseUrl;
import io.parley.postgres.Jdbc;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Distributes the tables over the nodes of a Citus cluster: every table with a column {@code user_id} by that column, all
 * of them co-located, every other one as a reference table on each node. It runs in one transaction, so a failure or a kill
 * changes nothing. Tables that are distributed already stay as they are, so it can be run again after an upgrade that
 * added a table.
 */
public final class Distribution {
    private static final String LEADING_TABLE = "conversations";

    /** Tables that stay on the coordinator, where only migrations use them. */
    private static final String LOCAL_TABLES = "'flyway_schema_history'";

    /** A statement that removes something from the schema, and the one that brings it back. */
    private record Detached(String drop, String create) {}

    private final Statement statement;

    private Distribution(Statement statement) {
        this.statement = statement;
    }

    /**
     * Blocks until the tables are distributed, and returns their names. While it runs the tables are locked: statements of
     * a running server wait and time out. Fails with {@link DatabaseException} if the server has no Citus extension.
     */
    public static List<String> run(DatabaseUrl url) {
        return SchemaLock.hold(url, () -> Jdbc.run(url, Distribution::run));
    }

    private static List<String> run(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            var distribution = new Distribution(statement);
            distribution.requireCitus();
            var tables = distribution.distribute();
            connection.commit();
            return tables;
        } catch (SQLException failure) {
            throw new DatabaseException(
                    "The tables are not distributed and nothing has changed (SQLSTATE " + failure.getSQLState() + "): "
                            + String.valueOf(failure.getMessage()).lines().findFirst().orElse(""),
                    failure);
        }
    }

    private void requireCitus() throws SQLException {
        if (!texts("SELECT extname FROM pg_extension WHERE extname = 'citus'").isEmpty()) return;
        throw new DatabaseException("The database has no Citus extension. Install Citus on the server, run CREATE EXTENSION"
                + " citus in this database, add the worker nodes, and try again.");
    }

    private List<String> distribute() throws SQLException {
        var byUser = undistributed("EXISTS");
        var references = undistributed("NOT EXISTS");
        if (byUser.isEmpty() && references.isEmpty()) return List.of();
        statement.execute("SET LOCAL lock_timeout = 0");
        statement.execute("SET LOCAL statement_timeout = 0");
        // Shards are created one after the other, because parallel connections could not see each other's tables.
        statement.execute("SET LOCAL citus.multi_shard_modify_mode = 'sequential'");
        // Our triggers write rows of the same user, which lie on the same node as the row that fires them.
        statement.execute("SET LOCAL citus.enable_unsafe_triggers = on");
        // Citus refuses to distribute a table that has a trigger, drops its views, and turns a table whose foreign key
        // refers to a reference table into a kind that cannot be distributed any more.
        var detached = detach();
        for (var each : detached) statement.execute(each.drop());
        for (var table : byUser) distributeByUser(table);
        for (var table : references) statement.execute("SELECT create_reference_table('" + table + "')");
        for (var index = detached.size() - 1; index >= 0; index--)
            statement.execute(detached.get(index).create());
        var all = new ArrayList<>(byUser);
        all.addAll(references);
        return all;
    }

    private void distributeByUser(String table) throws SQLException {
        var group = table.equals(LEADING_TABLE) ? "none" : LEADING_TABLE;
        statement.execute(
                "SELECT create_distributed_table('" + table + "', 'user_id', colocate_with => '" + group + "')");
    }

    /** @param hasUser {@code EXISTS} for the tables with a user_id, {@code NOT EXISTS} for the others */
    private List<String> undistributed(String hasUser) throws SQLException {
        return texts("""
            SELECT c.oid::regclass::text
              FROM pg_class c
             WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace AND NOT c.relispartition
               AND c.relname NOT IN (%s)
               AND NOT EXISTS (SELECT FROM pg_dist_partition d
                                WHERE d.logicalrelid = c.oid AND (d.partmethod = 'h' OR d.repmodel = 't'))
               AND %s (SELECT FROM pg_attribute a
                        WHERE a.attrelid = c.oid AND a.attname = 'user_id' AND NOT a.attisdropped)
             ORDER BY c.relname <> '%s', c.relname
            """.formatted(LOCAL_TABLES, hasUser, LEADING_TABLE));
    }

    // In the order in which they are dropped: what is created last depends on what is created first.
    private List<Detached> detach() throws SQLException {
        var detached = new ArrayList<Detached>();
        detached.addAll(pairs("""
            SELECT format('DROP VIEW %s', c.oid::regclass),
                   format('CREATE VIEW %s AS %s', c.oid::regclass, pg_get_viewdef(c.oid))
              FROM pg_class c
             WHERE c.relkind = 'v' AND c.relnamespace = current_schema()::regnamespace
               AND NOT EXISTS (SELECT FROM pg_depend d
                                WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
            """));
        detached.addAll(pairs("""
            SELECT format('DROP TRIGGER %I ON %s', t.tgname, t.tgrelid::regclass), pg_get_triggerdef(t.oid)
              FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
             WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace
               AND t.tgname NOT LIKE 'truncate_trigger%'
             ORDER BY t.tgrelid, t.tgname
            """));
        detached.addAll(pairs("""
            SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', k.conrelid::regclass, k.conname),
                   format('ALTER TABLE %s ADD CONSTRAINT %I %s', k.conrelid::regclass, k.conname,
                          pg_get_constraintdef(k.oid))
              FROM pg_constraint k
             WHERE k.contype = 'f' AND k.connamespace = current_schema()::regnamespace
             ORDER BY k.conrelid, k.conname
            """));
        return detached;
    }

    private List<String> texts(String sql) throws SQLException {
        var texts = new ArrayList<String>();
        try (var rows = statement.executeQuery(sql)) {
            while (rows.next()) texts.add(rows.getString(1));
        }
        return texts;
    }

    private List<Detached> pairs(String sql) throws SQLException {
        var pairs = new ArrayList<Detached>();
        try (var rows = statement.executeQuery(sql)) {
            while (rows.next()) pairs.add(new Detached(rows.getString(1), rows.getString(2)));
        }
        return pairs;
    }
}
