package io.parley.config.settings;

import io.parley.config.settings.sources.SettingValues;
import io.parley.kernel.Secret;
import io.parley.postgres.DatabaseUrl;
import io.parley.storage.SearchLimits;
import io.parley.storage.connections.PoolSettings;
import io.parley.storage.migration.SearchConfiguration;
import io.parley.storage.replicas.ReplicaSettings;
import java.time.Duration;
import java.util.Optional;

/**
 * The database and its connections.
 *
 * @param pageBytes the size of the largest page of a list
 * @param sharedBuffersBytes of the embedded server
 * @param url of a PostgreSQL server; empty starts the embedded one
 * @param ownerUrl of the login that owns the tables; empty if it is that of {@code url}
 * @param replicas standbys that may be read
 * @param rowSecurity whether PostgreSQL itself keeps users' rows apart
 */
public record DatabaseSettings(
        Optional<DatabaseUrl> url,
        Optional<DatabaseUrl> ownerUrl,
        boolean rowSecurity,
        PoolSettings pool,
        ReplicaSettings replicas,
        SearchConfiguration search,
        SearchLimits searchLimits,
        int pageBytes,
        long sharedBuffersBytes) {
    static DatabaseSettings read(SettingValues values) {
        return new DatabaseSettings(
                readUrl(values, "database.url"),
                readUrl(values, "database.owner-url"),
                values.flag("database.row-security"),
                readPool(values),
                readReplicas(values),
                readSearch(values),
                readSearchLimits(values),
                (int) values.bytes("limits.page-bytes", 16 * 1024, 1 << 30),
                SharedBuffers.read(values, "database.shared-buffers"));
    }

    private static Optional<DatabaseUrl> readUrl(SettingValues values, String key) {
        try {
            return values.secret(key).map(Secret::value).map(DatabaseUrl::parse);
        } catch (IllegalArgumentException notAUrl) {
            throw values.invalid(key, String.valueOf(notAUrl.getMessage()));
        }
    }

    private static PoolSettings readPool(SettingValues values) {
        return new PoolSettings(
                values.number("database.pool-size", 1, 1_000),
                values.number("database.pool-queue", 0, 100_000),
                values.flag("database.transaction-pooler"),
                VertxSettings.EVENT_LOOPS);
    }

    private static ReplicaSettings readReplicas(SettingValues values) {
        try {
            return new ReplicaSettings(
                    values.list("database.replicas").stream()
                            .map(DatabaseUrl::parse)
                            .toList(),
                    values.number("database.replica-pool-size", 1, 1_000),
                    values.duration("database.replica-max-lag", Duration.ofMillis(500), Duration.ofHours(1)));
        } catch (IllegalArgumentException notAUrl) {
            throw values.invalid("database.replicas", String.valueOf(notAUrl.getMessage()));
        }
    }

    private static SearchLimits readSearchLimits(SettingValues values) {
        return new SearchLimits(
                values.number("limits.search-words", 1, 500),
                values.duration("limits.search-time", Duration.ofMillis(10), Duration.ofSeconds(4)));
    }

    private static SearchConfiguration readSearch(SettingValues values) {
        try {
            return new SearchConfiguration(values.required("search.configuration"), values.flag("search.fold-accents"));
        } catch (IllegalArgumentException notAName) {
            throw values.invalid("search.configuration", String.valueOf(notAName.getMessage()));
        }
    }
}
