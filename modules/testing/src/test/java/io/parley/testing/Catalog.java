package io.parley.testing;

import io.parley.postgres.DatabaseUrl;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The schema as Markdown, read from PostgreSQL's catalog. */
record Catalog(DatabaseUrl url) {
    // Those of the migrations, in the order in which they made them.
    private static final String TABLES = """
        WITH tables AS (
            SELECT oid, relname AS name
              FROM pg_class
             WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname NOT LIKE 'flyway%'),
        columns AS (
            SELECT t.oid, t.name AS "table", a.attnum AS number, a.attname AS name, a.attnotnull AS required,
                   format_type(a.atttypid, a.atttypmod) AS type, y.typname AS short_type,
                   CASE WHEN a.attgenerated <> '' THEN 'generated: ' ELSE '' END
                       || replace(pg_get_expr(d.adbin, d.adrelid), '|', '\\|') AS value
              FROM tables t
              JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
              JOIN pg_type y ON y.oid = a.atttypid
              LEFT JOIN pg_attrdef d ON d.adrelid = t.oid AND d.adnum = a.attnum),
        keys AS (
            SELECT k.*, t.name AS "table"
              FROM pg_constraint k JOIN tables t ON t.oid = k.conrelid
             WHERE k.contype IN ('p', 'u', 'f', 'c'))
        """;

    /** A Mermaid diagram of the tables and their foreign keys. */
    List<String> diagram() {
        return read("""
            SELECT line FROM (
                SELECT 0 AS part, 0::bigint AS at, 0 AS number, 'erDiagram' AS line
                UNION ALL
                SELECT 1, k.oid::bigint, 0, format('    %s %s--%s %s : "%s%s"', k.confrelid::regclass,
                       CASE WHEN (SELECT bool_and(a.attnotnull) FROM pg_attribute a
                                   WHERE a.attrelid = k.conrelid AND a.attnum = ANY(k.conkey)) THEN '||' ELSE '|o' END,
                       CASE WHEN EXISTS (SELECT FROM keys u WHERE u.conrelid = k.conrelid AND u.contype IN ('p', 'u')
                                            AND u.conkey <@ k.conkey) THEN 'o|' ELSE 'o{' END,
                       k."table",
                       (SELECT string_agg(a.attname, ', ' ORDER BY at) FROM unnest(k.conkey) WITH ORDINALITY n (number, at)
                          JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = n.number),
                       CASE k.confdeltype WHEN 'c' THEN ', cascades' WHEN 'n' THEN ', set null' ELSE '' END)
                  FROM keys k WHERE k.contype = 'f'
                UNION ALL
                SELECT 2, oid::bigint, 0, format('    %s {', name) FROM tables
                UNION ALL
                SELECT 2, c.oid::bigint, c.number, format('        %s %s%s', c.short_type, c.name,
                       (SELECT ' ' || string_agg(DISTINCT upper(k.contype::text) || 'K', ', ') FROM keys k
                         WHERE k.conrelid = c.oid AND k.contype <> 'c' AND c.number = ANY(k.conkey)))
                  FROM columns c
                UNION ALL
                SELECT 2, oid::bigint, 10000, '    }' FROM tables) lines
             ORDER BY part, at, number, line
            """);
    }

    /** For each table its columns and constraints. */
    List<String> tables() {
        return read("""
            SELECT line FROM (
                SELECT oid, 0 AS part, at::text AS place, line
                  FROM tables, unnest(ARRAY[
                           '', format('### `%s`', name), '', '| column | type | null | default |', '|---|---|---|---|'])
                       WITH ORDINALITY head (line, at)
                UNION ALL
                SELECT oid, 1, to_char(number, '00000'), format('| `%s` | %s | %s | %s |', name, type,
                           CASE WHEN required THEN '' ELSE 'yes' END, coalesce('`' || value || '`', ''))
                  FROM columns
                UNION ALL
                SELECT oid, 2, '', '' FROM tables
                UNION ALL
                SELECT conrelid, 3, strpos('pufc', contype::text) || conname,
                       format('- `%s`: `%s`', conname, pg_get_constraintdef(oid))
                  FROM keys) lines
             ORDER BY oid, part, place COLLATE "C"
            """);
    }

    /** How each index is defined. */
    List<String> indexes() {
        return read("""
            SELECT format('- `%s`: %s`%s`', i.relname, CASE WHEN x.indisunique THEN 'unique ' ELSE '' END,
                          substring(pg_get_indexdef(x.indexrelid) FROM ' USING (.*)$'))
              FROM pg_index x JOIN tables t ON t.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid
             ORDER BY t.oid, i.relname COLLATE "C"
            """);
    }

    /** Views with their columns, functions and triggers. */
    List<String> rest() {
        return read("""
            SELECT line FROM (
                SELECT 1 AS part, format('- view `%s` (%s)', v.relname,
                           (SELECT string_agg(format('`%s`', a.attname), ', ' ORDER BY a.attnum)
                              FROM pg_attribute a WHERE a.attrelid = v.oid AND a.attnum > 0)) AS line
                  FROM pg_class v WHERE v.relnamespace = 'public'::regnamespace AND v.relkind = 'v'
                UNION ALL
                SELECT 2, format('- function `%s(%s)`', proname, pg_get_function_identity_arguments(oid))
                  FROM pg_proc WHERE pronamespace = 'public'::regnamespace
                UNION ALL
                SELECT 3, format('- trigger `%s` on `%s`', tgname, tgrelid::regclass)
                  FROM pg_trigger WHERE NOT tgisinternal) lines
             ORDER BY part, line COLLATE "C"
            """);
    }

    List<String> indexNames() {
        return read("""
            SELECT i.relname FROM pg_index x JOIN tables t ON t.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid
            """);
    }

    private List<String> read(String query) {
        try (var connection = url.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(TABLES + query)) {
            var lines = new ArrayList<String>();
            while (rows.next()) lines.add(rows.getString(1));
            return lines;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
