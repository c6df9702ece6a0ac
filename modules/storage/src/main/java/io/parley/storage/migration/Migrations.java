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
 * Brings the schema up to what this program needs, or back to what an older one needs. Several nodes may do so at once:
 * one works, the others wait. Whatever cannot be done fails with {@link DatabaseException}, in one line.
 */
public final class Migrations {
    private static final Logger log = LoggerFactory.getLogger(Migrations.class);

    private final DatabaseUrl url;
    private final SearchConfiguration search;
    private final List<String> locations;
    private @Nullable Flyway flyway;

    /** Those of all modules on the class path. */
    public Migrations(DatabaseUrl url, SearchConfiguration search) {
        this(url, search, "classpath:db/migration");
    }

    /**
     * @param locations as Flyway writes them, {@code classpath:…} or {@code filesystem:…}; the undo scripts are in the
     *     folder {@code undo} beside each
     */
    public Migrations(DatabaseUrl url, String... locations) {
        this(url, SearchConfiguration.SIMPLE, locations);
    }

    /** @param search matters when the schema is made; one that was made with another is refused */
    public Migrations(DatabaseUrl url, SearchConfiguration search, String... locations) {
        this.url = url;
        this.search = search;
        this.locations = List.of(locations);
    }

    /**
     * Blocks until the schema is current and returns how many scripts that took. Fails also where the server is older
     * than 16, was migrated by a newer Parley, or made with another text search configuration. A script that fails leaves nothing of itself.
     */
    public int migrate() {
        var fingerprint = MigrationScripts.fingerprint(locations);
        if (Jdbc.run(url, connection -> isCurrent(connection, fingerprint))) return 0;
        ServerVersion.check(url);
        return SchemaLock.hold(url, () -> migrateLocked(fingerprint));
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

    // A server may run as somebody who owns nothing, where an operator has migrated before.
    private void mark(String fingerprint) {
        try {
            SchemaFingerprint.set(url, fingerprint);
        } catch (DatabaseException failure) {
            log.info("Every start asks Flyway whether there is something to migrate: {}", failure.getMessage());
        }
    }

    /**
     * Blocks until the schema is back at a version, 0 for the empty one, and returns how many scripts that took. The
     * tables of what is undone go with all that is in them. Does nothing where the version is not one, where it is not
     * applied, or where the way back is not known wholly; a script that fails leaves the schema at its own version.
     */
    public int rollback(int to) {
        ServerVersion.check(url);
        return SchemaLock.hold(url, () -> rollbackLocked(to));
    }

    private int rollbackLocked(int to) {
        var applied = applied();
        refuseNewer(applied);
        refuseUnknown(to, applied);
        var newestFirst = applied.stream()
                .filter(migration -> SchemaVersion.number(migration) > to)
                .sorted(Collections.reverseOrder())
                .map(migration -> UndoScript.of(migration, locations))
                .toList();
        for (var undo : newestFirst) {
            undo.run(url);
            log.info("Ran the undo script {}", undo.script());
        }
        return newestFirst.size();
    }

    /** All versions that this program or the database knows, oldest first. */
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
            throw new DatabaseException("the history of the schema cannot be read: " + firstLine(failure), failure);
        }
    }

    // It takes most of a second, and most starts do not need it.
    private Flyway flyway() {
        if (flyway == null)
            flyway = Flyway.configure()
                    .dataSource(url.jdbcUrl(), url.user(), url.password().value())
                    .locations(locations.toArray(String[]::new))
                    .placeholders(Map.of("search_configuration", search.name()))
                    .failOnMissingLocations(true)
                    .validateMigrationNaming(true)
                    .cleanDisabled(true)
                    .loggers("slf4j")
                    .load();
        return flyway;
    }

    private static void refuseUnknown(int to, List<MigrationInfo> applied) {
        if (to == 0 || applied.stream().anyMatch(migration -> SchemaVersion.number(migration) == to)) return;
        throw new DatabaseException("the schema has never been at version " + to + ": it knows "
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
                + ", which this program does not know: a newer Parley was here");
    }

    // Flyway's own advice is to pretend that the schema is there.
    private String reason(FlywayException failure) {
        return failure.getErrorCode() == CoreErrorCode.NON_EMPTY_SCHEMA_WITHOUT_SCHEMA_HISTORY_TABLE
                ? "the database " + url.database() + " has tables that are not Parley's: it needs one of its own"
                : "the migration of the schema fails: " + firstLine(failure) + cause(failure);
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
