package io.parley.storage.migration;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The indexes of the current schema that no constraint needs. To be used in one transaction: {@link #detach} drops them,
 * {@link #attach} creates them again as they were.
 */
public final class DetachedIndexes {
    // The definition of an index on a partitioned table says ONLY, which would leave out the partitions.
    private static final String INDEXES = """
        SELECT i.oid::regclass::text, replace(pg_get_indexdef(i.oid), ' ON ONLY ', ' ON ')
          FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class c ON c.oid = x.indrelid
         WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
           AND c.relname <> 'flyway_schema_history'
           AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.oid AND k.contype IN ('p', 'u', 'x'))
         ORDER BY c.relname, i.relname
        """;

    private record Index(String name, String create) {}

    private final Statement statement;
    private final List<Index> indexes;

    private DetachedIndexes(Statement statement, List<Index> indexes) {
        this.statement = statement;
        this.indexes = indexes;
    }

    /** Call it when foreign keys are detached, because they may need a unique index. */
    public static DetachedIndexes detach(Statement statement) throws SQLException {
        var indexes = new ArrayList<Index>();
        try (var rows = statement.executeQuery(INDEXES)) {
            while (rows.next()) indexes.add(new Index(rows.getString(1), rows.getString(2)));
        }
        for (var index : indexes) statement.execute("DROP INDEX " + index.name());
        return new DetachedIndexes(statement, indexes);
    }

    public void attach() throws SQLException {
        for (var index : indexes) statement.execute(index.create());
    }
}
