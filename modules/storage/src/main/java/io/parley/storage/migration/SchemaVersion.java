package io.parley.storage.migration;

import java.time.Instant;
import org.flywaydb.core.api.MigrationInfo;
import org.jspecify.annotations.Nullable;

/**
 * One version of the schema.
 *
 * @param appliedAt null if the version is pending
 */
public record SchemaVersion(
        int version,
        String description,
        State state,
        @Nullable Instant appliedAt) {
    public enum State {
        APPLIED,
        PENDING,
        /** Applied by a newer program; this one does not have its script. */
        UNKNOWN
    }

    static SchemaVersion of(MigrationInfo migration) {
        var at = migration.getInstalledOn();
        return new SchemaVersion(
                number(migration), migration.getDescription(), state(migration), at == null ? null : at.toInstant());
    }

    static int number(MigrationInfo migration) {
        return migration.getVersion().getMajor().intValueExact();
    }

    private static State state(MigrationInfo migration) {
        if (!migration.getState().isResolved()) return State.UNKNOWN;
        return migration.getState().isApplied() ? State.APPLIED : State.PENDING;
    }
}
