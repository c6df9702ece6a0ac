package io.parley.storage.migration;

import io.parley.postgres.DatabaseException;
import io.parley.postgres.DatabaseUrl;
import io.parley.postgres.Jdbc;
import io.parley.postgres.ServerVersion;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Migrates the schema to the version that this program needs, or back to an older one. Several nodes may do so at once:
 * one migrates, the others wait. Every failure is a {@link DatabaseException} with a message of one line.
 */
public final class Migrations {
    private static final Logger log = LoggerFactory.getLogger(Migrations.class);

    private static final String MODULES = "classpath:db/migration";

    private final DatabaseUrl url;
    private final SearchConfiguration search;
    private final List<String> locations;
    private @Nullable Flyway flyway;

    /** The migrations of all modules on the class path. */
    public Migrations(DatabaseUrl url, SearchConfiguration search) {
        this(url, search, MODULES);
    }

    /**
     * @param locations in the notation of Flyway, {@code classpath:…} or {@code filesystem:…}; the undo scripts are in the
     *     folder {@code undo} beside each
     */
    public Migrations(DatabaseUrl url, String... locations) {
        this(url, SearchConfiguration.SIMPLE, locations);
    }

    /** @param search used when the schema is created; a schema that was created with another one is refused */
    public Migrations(DatabaseUrl url, SearchConfiguration search, String... locations) {
        this.url = url;
        this.search = search;
        this.locations = List.of(locations);
    }

    /**
     * Blocks until the schema is current and returns the number of scripts that were run. All of them run in one
     * transaction. Fails and changes nothing if a script fails, if the server is older than PostgreSQL 16, or if the schema
     * was migrated by a newer Parley or created with another text search configuration.
     */
    public int migrate() {
        var fingerprint = MigrationScripts.fingerprint(locations);
        if (Jdbc.run(url, connection -> isCurrent(connection, fingerprint))) return 0;
        ServerVersion.check(url);
        return SchemaLock.hold(url, () -> migrateLocked(fingerprint));
    }

    /** The newest version that this program knows. */
    public static int newestVersion() {
        return MigrationScripts.newestVersion(List.of(MODULES));
    }

    /**
     * Blocks until the empty database has the schema of an older version, to which old rows can be loaded. A server does not take
     * it for current.
     */
    public void migrateTo(int version) {
        ServerVersion.check(url);
        SchemaLock.hold(url, () -> {
            try {
                return flyway(Integer.toString(version)).migrate().migrationsExecuted;
            } catch (FlywayException failure) {
                throw new DatabaseException(reason(failure), failure);
            }
        });
    }

    /** Removes the schema with everything in it, and its history, so that the database is empty again. */
    public void remove() {
        rollback(0);
        Jdbc.run(url, connection -> {
            try (var statement = connection.createStatement()) {
                return statement.execute("DROP TABLE IF EXISTS flyway_schema_history");
            }
        });
    }

    private boolean isCurrent(Connection connection, String fingerprint) throws SQLException {
        if (!SchemaFingerprint.isSet(connection, fingerprint)) return false;
        SearchConfigCheck.check(connection, search);
        return true;
    }

    private int migrateLocked(String fingerprint) {
        try {
            refuseNewer(applied());
            SearchConfigCheck.check(url, search);
            var result = flyway().migrate();
            mark(fingerprint);
            if (result.migrationsExecuted > 0)
                log.info("Migrated the schema to version {}", result.targetSchemaVersion);
            return result.migrationsExecuted;
        } catch (FlywayException failure) {
            throw new DatabaseException(reason(failure), failure);
        }
    }

    // The server may use a role that owns no tables, if an operator has run the migrations with another one.
    private void mark(String fingerprint) {
        try {
            SchemaFingerprint.set(url, fingerprint);
        } catch (DatabaseException failure) {
            log.info(
                    "The fingerprint of the schema cannot be stored, so every start runs Flyway: {}",
                    failure.getMessage());
        }
    }

    /**
     * Blocks until the schema is back at a version, 0 for the empty schema, and returns the number of undo scripts that
     * were run. Tables of undone versions are dropped with their contents. Fails and changes nothing if the version was
     * never applied, an undo script is missing, or the tables are distributed; an undo script that fails leaves the schema
     * at its version.
     */
    public int rollback(int to) {
        ServerVersion.check(url);
        return SchemaLock.hold(url, () -> rollbackLocked(to));
    }

    private int rollbackLocked(int to) {
        Jdbc.run(url, Distribution::refuseDistributed);
        var applied = applied();
        refuseNewer(applied);
        refuseUnknown(to, applied);
        var newestFirst = applied.stream()
                .filter(migration -> SchemaVersion.number(migration) > to)
                .sorted(Collections.reverseOrder())
                .map(migration -> UndoScript.of(migration, locations))
                .toList();
        // A policy keeps its column from being dropped, and an older program may know none. The next start of this one
        // makes the policies again.
        RowSecurity.remove(url);
        for (var undo : newestFirst) {
            undo.run(url);
            log.info("Ran the undo script {}", undo.script());
        }
        return newestFirst.size();
    }

    /** All versions that the program or the database has, oldest first. */
    public List<SchemaVersion> status() {
        ServerVersion.check(url);
        return all().map(SchemaVersion::of).toList();
    }

    private List<MigrationInfo> applied() {
        return all().filter(migration -> migration.getState().isApplied()).toList();
    }

    private Stream<MigrationInfo> all() {
        try {
            return Arrays.stream(flyway().info().all()).filter(MigrationInfo::isVersioned);
        } catch (FlywayException failure) {
            throw new DatabaseException("the schema history cannot be read: " + firstLine(failure), failure);
        }
    }

    // Loading Flyway takes most of a second, and most starts do not need it.
    private Flyway flyway() {
        if (flyway == null) flyway = flyway("latest");
        return flyway;
    }

    private Flyway flyway(String target) {
        return Flyway.configure()
                .dataSource(url.jdbcUrl(), url.user(), url.password().value())
                .locations(locations.toArray(String[]::new))
                .placeholders(Map.of(
                        "search_configuration",
                        search.name(),
                        "search_fold_accents",
                        Boolean.toString(search.foldsAccents())))
                // In one transaction, so that a failure or a kill leaves the old schema, which
                // the old program can use.
                .group(true)
                .failOnMissingLocations(true)
                .validateMigrationNaming(true)
                .cleanDisabled(true)
                .callbacks(new OwnerRelease())
                .loggers("slf4j")
                .target(target)
                .load();
    }

    private static void refuseUnknown(int to, List<MigrationInfo> applied) {
        if (to == 0 || applied.stream().anyMatch(migration -> SchemaVersion.number(migration) == to)) return;
        throw new DatabaseException("the schema was never at version " + to + "; choose one of "
                + Stream.concat(Stream.of(0), applied.stream().map(SchemaVersion::number))
                        .map(String::valueOf)
                        .reduce((before, each) -> before + ", " + each)
                        .orElseThrow());
    }

    private static void refuseNewer(List<MigrationInfo> applied) {
        applied.stream()
                .filter(migration -> !migration.getState().isResolved())
                .findFirst()
                .ifPresent(Migrations::refuse);
    }

    private static void refuse(MigrationInfo migration) {
        throw new DatabaseException("the database has the migration " + migration.getVersion()
                + ", which this program does not have: use the newer Parley that created it");
    }

    // Flyway would advise to baseline the schema, which would skip the migrations.
    private String reason(FlywayException failure) {
        return failure.getErrorCode() == CoreErrorCode.NON_EMPTY_SCHEMA_WITHOUT_SCHEMA_HISTORY_TABLE
                ? "the database " + url.database()
                        + " contains tables of another program: Parley needs a database of its own"
                : "the migration of the schema failed and changed nothing: " + firstLine(failure) + cause(failure);
    }

    private static String cause(FlywayException failure) {
        return Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(SQLException.class::isInstance)
                .map(cause -> ": "
                        + String.valueOf(cause.getMessage()).lines().findFirst().orElse(""))
                .findFirst()
                .orElse("");
    }

    private static String firstLine(FlywayException failure) {
        return String.valueOf(failure.getMessage()).strip().lines().findFirst().orElse("");
    }
}
