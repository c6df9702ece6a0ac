package io.parley.storage;

import java.util.Arrays;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the schema up to what this program needs. Several nodes may do so at once: one works, the others wait. */
public final class Migrations {
    private static final Logger log = LoggerFactory.getLogger(Migrations.class);

    private final DatabaseUrl url;
    private final Flyway flyway;

    /** Those of all modules on the class path. */
    public Migrations(DatabaseUrl url) {
        this(url, "classpath:db/migration");
    }

    /** @param locations as Flyway writes them, {@code classpath:…} or {@code filesystem:…} */
    public Migrations(DatabaseUrl url, String... locations) {
        this.url = url;
        this.flyway = Flyway.configure()
                .dataSource(url.jdbcUrl(), url.user(), url.password().value())
                .locations(locations)
                .failOnMissingLocations(true)
                .validateMigrationNaming(true)
                .cleanDisabled(true)
                .loggers("slf4j")
                .load();
    }

    /**
     * Blocks until the schema is current and returns how many scripts that took. Fails with {@link StorageException}
     * where the server is absent, refuses, is older than 16 or was migrated by a newer Parley, or where a script fails.
     */
    public int migrate() {
        ServerVersion.check(url);
        try {
            refuseNewer(flyway.info().applied());
            var result = flyway.migrate();
            if (result.migrationsExecuted > 0)
                log.info("Migrated the schema to version {}", result.targetSchemaVersion);
            return result.migrationsExecuted;
        } catch (FlywayException failure) {
            throw new StorageException("the migration of the schema fails: " + firstLine(failure), failure);
        }
    }

    private static void refuseNewer(MigrationInfo[] applied) {
        Arrays.stream(applied)
                .filter(migration -> !migration.getState().isResolved())
                .findFirst()
                .ifPresent(Migrations::refuse);
    }

    private static void refuse(MigrationInfo migration) {
        throw new StorageException("the database has the migration " + migration.getVersion()
                + ", which this program does not know: a newer Parley was here");
    }

    private static String firstLine(FlywayException failure) {
        return String.valueOf(failure.getMessage()).strip().lines().findFirst().orElse("");
    }
}
