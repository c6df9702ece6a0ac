package io.parley.testing.postgres;

import io.parley.postgres.DatabaseUrl;
import io.parley.postgres.Jdbc;
import io.parley.storage.migration.DetachedSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns every table with a column {@code user_id}, except the chain of security events, into one that is partitioned by the hash of that column, with what is in
 * it. A statement that does not name the user then touches all partitions, and a key without the user cannot exist, as on a
 * distributed database.
 */
public final class HashPartitions {
    /** Whether the whole test run is to use partitioned tables: {@code -Dparley.partitioned=true}. */
    public static final boolean WANTED = Boolean.getBoolean("parley.partitioned");

    private static final int PARTITIONS = 16;

    private record Index(String name, String create) {}

    private final Statement statement;

    private HashPartitions(Statement statement) {
        this.statement = statement;
    }

    /** Does nothing if the tables are partitioned already. */
    public static void create(DatabaseUrl url) {
        Jdbc.run(url, HashPartitions::create);
    }

    private static boolean create(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            new HashPartitions(statement).create();
        }
        connection.commit();
        return true;
    }

    private void create() throws SQLException {
        var tables = texts("""
            SELECT c.relname
              FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'user_id' AND NOT a.attisdropped
             WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace AND NOT c.relispartition
               AND c.relname <> 'security_events'
             ORDER BY c.relname
            """);
        if (tables.isEmpty()) return;
        var detached = DetachedSchema.detach(statement);
        for (var table : tables) partition(table);
        detached.attach();
    }

    private void partition(String table) throws SQLException {
        var indexes = indexes(table);
        statement.execute("CREATE TABLE partitioned (LIKE " + table
                + " INCLUDING ALL EXCLUDING INDEXES) PARTITION BY HASH (user_id)");
        for (var number = 0; number < PARTITIONS; number++)
            statement.execute(
                    "CREATE TABLE " + table + "_p" + number + " PARTITION OF partitioned FOR VALUES WITH (MODULUS "
                            + PARTITIONS + ", REMAINDER " + number + ")");
        var columns = columns(table);
        statement.execute("INSERT INTO partitioned (" + columns + ") OVERRIDING SYSTEM VALUE SELECT " + columns
                + " FROM " + table);
        statement.execute("DROP TABLE " + table);
        statement.execute("ALTER TABLE partitioned RENAME TO " + table);
        for (var index : indexes) {
            statement.execute(index.create());
            nameAfter(index.name());
        }
    }

    /** All columns that can be inserted: the generated ones are computed again. */
    private String columns(String table) throws SQLException {
        return String.join(", ", texts("""
            SELECT attname FROM pg_attribute
             WHERE attrelid = '%s'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
             ORDER BY attnum
            """.formatted(table)));
    }

    private List<Index> indexes(String table) throws SQLException {
        var indexes = new ArrayList<Index>();
        try (var rows = statement.executeQuery("""
            SELECT i.relname,
                   CASE WHEN k.oid IS NULL THEN pg_get_indexdef(x.indexrelid)
                        ELSE format('ALTER TABLE %1$s ADD CONSTRAINT %%I %%s', k.conname, pg_get_constraintdef(k.oid)) END
              FROM pg_index x
              JOIN pg_class i ON i.oid = x.indexrelid
              LEFT JOIN pg_constraint k ON k.conindid = x.indexrelid AND k.contype IN ('p', 'u')
             WHERE x.indrelid = '%1$s'::regclass
             ORDER BY k.contype = 'p' DESC NULLS LAST, i.relname
            """.formatted(table))) {
            while (rows.next()) indexes.add(new Index(rows.getString(1), rows.getString(2)));
        }
        return indexes;
    }

    // PostgreSQL names the index of a partition after the partition, and a violation names the index of the partition.
    private void nameAfter(String index) throws SQLException {
        var children = texts("""
            SELECT h.inhrelid::regclass::text
              FROM pg_inherits h JOIN pg_index x ON x.indexrelid = h.inhrelid JOIN pg_class t ON t.oid = x.indrelid
             WHERE h.inhparent = '%s'::regclass
             ORDER BY substring(t.relname FROM '_p([0-9]+)$')::int
            """.formatted(index));
        for (var number = 0; number < children.size(); number++)
            statement.execute("ALTER INDEX " + children.get(number) + " RENAME TO " + index + "_p" + number);
    }

    private List<String> texts(String sql) throws SQLException {
        var texts = new ArrayList<String>();
        try (var rows = statement.executeQuery(sql)) {
            while (rows.next()) texts.add(rows.getString(1));
        }
        return texts;
    }
}
