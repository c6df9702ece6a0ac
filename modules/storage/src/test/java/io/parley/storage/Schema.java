package io.parley.storage;

import io.parley.postgres.DatabaseUrl;
import io.parley.storage.migration.Migrations;
import io.parley.storage.migration.SearchConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The contents of a database according to its catalog, and the migrations of all modules. */
public final class Schema {
    private static final String CATALOG = """
        SELECT concat_ws(' ', 'relation', c.relname, c.relkind, c.relpersistence, c.reloptions, obj_description(c.oid, 'pg_class'))
          FROM pg_class c
         WHERE c.relnamespace = 'public'::regnamespace AND c.relname NOT LIKE 'flyway%'
        UNION ALL
        SELECT concat_ws(' ', 'column', c.relname, row_number() OVER (PARTITION BY c.oid ORDER BY a.attnum), a.attname,
                         format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attgenerated, a.attidentity,
                         a.attcollation::regcollation, pg_get_expr(d.adbin, d.adrelid))
          FROM pg_class c
          JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
          LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
         WHERE c.relnamespace = 'public'::regnamespace AND c.relname NOT LIKE 'flyway%'
        UNION ALL
        SELECT concat_ws(' ', 'constraint', k.conrelid::regclass, k.conname, k.convalidated, pg_get_constraintdef(k.oid))
          FROM pg_constraint k
         WHERE k.connamespace = 'public'::regnamespace AND k.conrelid::regclass::text NOT LIKE 'flyway%'
        UNION ALL
        SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename NOT LIKE 'flyway%'
        UNION ALL
        SELECT 'view ' || viewname || ' ' || definition FROM pg_views WHERE schemaname = 'public'
        UNION ALL
        SELECT 'function ' || pg_get_functiondef(oid)
          FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prokind IN ('f', 'p')
        UNION ALL
        SELECT 'trigger ' || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL
        SELECT concat_ws(' ', 'type', typname, typtype)
          FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typname NOT LIKE '%flyway%'
        UNION ALL
        SELECT 'text search ' || cfgname FROM pg_ts_config WHERE cfgnamespace = 'public'::regnamespace
        UNION ALL
        SELECT 'extension ' || extname FROM pg_extension
        UNION ALL
        SELECT 'schema ' || nspname FROM pg_namespace WHERE nspname NOT LIKE 'pg_%'
         ORDER BY 1
        """;

    /** One line for each object. */
    public static List<String> of(DatabaseUrl url) {
        try (var connection = url.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(CATALOG)) {
            var things = new ArrayList<String>();
            while (rows.next()) things.add(rows.getString(1));
            return things;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** The migrations of all modules, which are not on the class path here. */
    public static Migrations migrations(DatabaseUrl url) {
        return migrations(url, SearchConfiguration.SIMPLE);
    }

    public static Migrations migrations(DatabaseUrl url, SearchConfiguration search) {
        return new Migrations(url, search, locations().toArray(String[]::new));
    }

    /** The migrations of all modules and those of a folder. */
    public static Migrations migrationsAnd(DatabaseUrl url, Path folder) {
        return new Migrations(
                url,
                Stream.concat(locations().stream(), Stream.of("filesystem:" + folder))
                        .toArray(String[]::new));
    }

    private static List<String> locations() {
        try (Stream<Path> modules = Files.list(Path.of("..").toAbsolutePath().normalize())) {
            return modules.map(module -> module.resolve("src/main/resources/db/migration"))
                    .filter(Files::isDirectory)
                    .sorted()
                    .map(folder -> "filesystem:" + folder)
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Schema() {}
}
