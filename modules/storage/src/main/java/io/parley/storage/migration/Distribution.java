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
 * of them co-located, every other one, unless it is local, as a reference table on each node. It runs in one transaction, so a failure or a kill
 * changes nothing. Tables that are distributed already stay as they are, so it can be run again after an upgrade that
 * added a table.
 */
public final class Distribution {
    private static final String LEADING_TABLE = "conversations";

    /** Tables that belong to no user, or are one chain through all of them, and stay on the coordinator, because each statement about them would lock all nodes otherwise. */
    private static final String LOCAL_TABLES =
            "'flyway_schema_history', 'rate_buckets', 'known_addresses', 'role_limits', 'invitations', 'outgoing_mails', 'security_events'";

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

    /** Fails with {@link DatabaseException} if the server has no Citus extension. */
    public static void requireCitus(DatabaseUrl url) {
        Jdbc.run(url, connection -> {
            try (var statement = connection.createStatement()) {
                new Distribution(statement).requireCitus();
                return true;
            }
        });
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
                            + String.valueOf(failure.getMessage())
                                    .lines()
                                    .findFirst()
                                    .orElse(""),
                    failure);
        }
    }

    static boolean isDistributed(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            return new Distribution(statement).hasDistributed();
        }
    }

    /** Fails if tables are distributed, because the undo scripts are written for one server. */
    static boolean refuseDistributed(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            if (new Distribution(statement).hasDistributed())
                throw new DatabaseException(
                        "the tables are distributed with Citus, and a schema can be rolled back on one"
                                + " server only: restore a backup of the older version instead");
        }
        return true;
    }

    private boolean hasDistributed() throws SQLException {
        return !texts("SELECT relname FROM pg_class WHERE relname = 'pg_dist_partition'")
                        .isEmpty()
                && !texts("SELECT logicalrelid::text FROM pg_dist_partition WHERE partmethod = 'h' LIMIT 1")
                        .isEmpty();
    }

    private void requireCitus() throws SQLException {
        if (!texts("SELECT extname FROM pg_extension WHERE extname = 'citus'").isEmpty()) return;
        throw new DatabaseException(
                "The database has no Citus extension. Install Citus on the server, run CREATE EXTENSION"
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
        // set_config, which sets a statement's user, is not passed on to the workers.
        RowSecurity.disable(statement);
        // Citus refuses to distribute a table that has a trigger, drops its views, and turns a table whose foreign key
        // refers to a reference table into a kind that cannot be distributed any more.
        var detached = DetachedSchema.detach(statement);
        for (var table : byUser) distributeByUser(table);
        for (var table : references) statement.execute("SELECT create_reference_table('" + table + "')");
        detached.attach();
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

    private List<String> texts(String sql) throws SQLException {
        var texts = new ArrayList<String>();
        try (var rows = statement.executeQuery(sql)) {
            while (rows.next()) texts.add(rows.getString(1));
        }
        return texts;
    }
}
