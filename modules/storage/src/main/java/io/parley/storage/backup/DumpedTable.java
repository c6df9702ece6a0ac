package io.parley.storage.backup;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table as it is dumped.
 *
 * @param columns all but generated ones, which are computed again
 */
record DumpedTable(String name, List<String> columns) {
    /** Found in the catalogue, so that no new table is forgotten. Partitions are dumped with the table that they belong to. */
    private static final String ALL = """
        SELECT c.relname,
               array(SELECT a.attname::text FROM pg_attribute a
                      WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
                      ORDER BY a.attnum)
          FROM pg_class c
         WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace AND NOT c.relispartition
           AND c.relname <> 'flyway_schema_history'
           AND NOT EXISTS (SELECT FROM pg_depend d
                            WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
         ORDER BY c.relname
        """;

    static List<DumpedTable> all(Statement statement) throws SQLException {
        var tables = new ArrayList<DumpedTable>();
        try (var rows = statement.executeQuery(ALL)) {
            while (rows.next()) {
                var columns = (String[]) rows.getArray(2).getArray();
                tables.add(new DumpedTable(rows.getString(1), Arrays.asList(columns)));
            }
        }
        return tables;
    }

    /** COPY of a query, because COPY of a partitioned table reads none of its partitions. */
    String copyOut() {
        return "COPY (SELECT " + columnList() + " FROM " + quoted(name) + ") TO STDOUT";
    }

    String copyIn() {
        return "COPY " + quoted(name) + " (" + columnList() + ") FROM STDIN";
    }

    private String columnList() {
        return columns.stream().map(DumpedTable::quoted).collect(Collectors.joining(", "));
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
