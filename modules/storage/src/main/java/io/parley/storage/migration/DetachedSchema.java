package io.parley.storage.migration;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The views, triggers and foreign keys of the current schema, which stand in the way while tables are turned into another
 * kind. To be used in one transaction: {@link #detach} drops them, {@link #attach} creates them again as they were.
 */
public final class DetachedSchema {
    private static final String VIEWS = """
        SELECT format('DROP VIEW %s', c.oid::regclass),
               format('CREATE VIEW %s AS %s', c.oid::regclass, pg_get_viewdef(c.oid))
          FROM pg_class c
         WHERE c.relkind = 'v' AND c.relnamespace = current_schema()::regnamespace
           AND NOT EXISTS (SELECT FROM pg_depend d
                            WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
        """;

    // Those of Citus itself are called truncate_trigger_….
    private static final String TRIGGERS = """
        SELECT format('DROP TRIGGER %I ON %s', t.tgname, t.tgrelid::regclass), pg_get_triggerdef(t.oid)
          FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
         WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace AND NOT c.relispartition
           AND t.tgname NOT LIKE 'truncate\\_trigger\\_%'
         ORDER BY t.tgrelid, t.tgname
        """;

    private static final String FOREIGN_KEYS = """
        SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', k.conrelid::regclass, k.conname),
               format('ALTER TABLE %s ADD CONSTRAINT %I %s', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid))
          FROM pg_constraint k
         WHERE k.contype = 'f' AND k.connamespace = current_schema()::regnamespace AND k.conparentid = 0
         ORDER BY k.conrelid, k.conname
        """;

    private record Detached(String drop, String create) {}

    private final Statement statement;
    private final List<Detached> detached;

    private DetachedSchema(Statement statement, List<Detached> detached) {
        this.statement = statement;
        this.detached = detached;
    }

    public static DetachedSchema detach(Statement statement) throws SQLException {
        var detached = new ArrayList<Detached>();
        for (var kind : List.of(VIEWS, TRIGGERS, FOREIGN_KEYS)) read(statement, kind, detached);
        for (var each : detached) statement.execute(each.drop());
        return new DetachedSchema(statement, detached);
    }

    private static void read(Statement statement, String kind, List<Detached> detached) throws SQLException {
        try (var rows = statement.executeQuery(kind)) {
            while (rows.next()) detached.add(new Detached(rows.getString(1), rows.getString(2)));
        }
    }

    /** In reverse: foreign keys first, views last. */
    public void attach() throws SQLException {
        for (var index = detached.size() - 1; index >= 0; index--)
            statement.execute(detached.get(index).create());
    }
}
