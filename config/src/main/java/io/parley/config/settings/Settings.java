package io.parley.config.settings;

import io.parley.assistant.AssistantSettings;
import io.parley.config.cluster.ClusterSettings;
import io.parley.config.server.SigningKey;
import io.parley.config.server.VertxSettings;
import io.parley.kernel.Secret;
import io.parley.postgres.DatabaseUrl;
import io.parley.retention.RetentionSettings;
import io.parley.storage.migration.SearchConfiguration;
import io.parley.storage.pool.PoolSettings;
import io.parley.users.keys.KeysetSettings;
import io.parley.users.signin.PasswordSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Everything that an operator can set, read once. Printing it shows no secret. */
public record Settings(
        Http http,
        Shutdown shutdown,
        Path dataDir,
        DatabaseAccess database,
        SearchConfiguration search,
        Jwt jwt,
        KeysetSettings keys,
        PasswordSettings passwords,
        RetentionSettings retention,
        ClusterSettings cluster,
        AssistantSettings assistant,
        Instances instances) {

    public record Http(String host, int port, Duration requestTimeout, Duration receiveTimeout, Duration idleTimeout) {}

    /**
     * @param drain how long requests are still accepted while readiness is already denied
     * @param timeout the longest wait for the requests in flight after that
     */
    public record Shutdown(Duration drain, Duration timeout) {
        /** Until the process has ended, whatever happens: storage needs some of it to close the database well. */
        public Duration longest() {
            return drain.plus(timeout).plusSeconds(20);
        }
    }

    /** @param url of a PostgreSQL server; nothing where the embedded one is wanted */
    public record DatabaseAccess(Optional<DatabaseUrl> url, PoolSettings pool) {}

    /** @param secret nothing where the one in the data directory is wanted */
    public record Jwt(Optional<Secret> secret, String issuer, String audience) {}

    public record Instances(
            int gateway,
            int users,
            int conversations,
            int messages,
            int tasks,
            int idempotency,
            int changes,
            int assistant) {}

    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int MOST_INSTANCES = 256;

    public static Settings from(SettingValues values) {
        return new Settings(
                new Http(
                        values.name("http.host"),
                        values.number("http.port", 0, 65_535),
                        values.duration("http.request-timeout", SHORTEST, LONGEST),
                        values.duration("http.receive-timeout", SHORTEST, LONGEST),
                        values.duration("http.idle-timeout", SHORTEST, LONGEST)),
                new Shutdown(
                        values.duration("shutdown.drain", Duration.ZERO, LONGEST),
                        values.duration("shutdown.timeout", Duration.ZERO, LONGEST)),
                values.path("data.dir"),
                new DatabaseAccess(
                        databaseUrl(values),
                        new PoolSettings(
                                values.number("database.pool-size", 1, 1_000),
                                values.number("database.pool-queue", 0, 100_000),
                                values.flag("database.pooler"),
                                VertxSettings.EVENT_LOOPS)),
                search(values),
                new Jwt(signingKey(values), values.name("jwt.issuer"), values.name("jwt.audience")),
                new KeysetSettings(
                        values.secret("keys.keyset").orElse(null),
                        values.path("data.dir").resolve("keyset.json")),
                new PasswordSettings(
                        values.number("passwords.workers", 1, 64), values.number("passwords.queue", 1, 10_000)),
                new RetentionSettings(
                        Duration.ofDays(values.number("retention.deleted-days", 0, 36_500)),
                        values.duration("retention.interval", Duration.ofSeconds(1), Duration.ofDays(1))),
                ClusterSettings.of(values),
                new AssistantSettings(
                        ModelProviders.of(values),
                        values.duration("assistant.turn-timeout", Duration.ofSeconds(1), Duration.ofHours(1)),
                        values.number("assistant.history-tokens", 100, 10_000_000)),
                new Instances(
                        instances(values, "gateway"),
                        instances(values, "users"),
                        instances(values, "conversations"),
                        instances(values, "messages"),
                        instances(values, "tasks"),
                        instances(values, "idempotency"),
                        instances(values, "changes"),
                        instances(values, "assistant")));
    }

    private static Optional<DatabaseUrl> databaseUrl(SettingValues values) {
        try {
            return values.secret("database.url").map(Secret::value).map(DatabaseUrl::parse);
        } catch (IllegalArgumentException notAUrl) {
            throw values.wrong("database.url", String.valueOf(notAUrl.getMessage()));
        }
    }

    private static SearchConfiguration search(SettingValues values) {
        try {
            return new SearchConfiguration(values.name("search.configuration"));
        } catch (IllegalArgumentException notAName) {
            throw values.wrong("search.configuration", String.valueOf(notAName.getMessage()));
        }
    }

    private static Optional<Secret> signingKey(SettingValues values) {
        var secret = values.secret("jwt.secret");
        if (secret.filter(key -> !SigningKey.longEnough(key)).isPresent())
            throw values.wrong("jwt.secret", "must have at least " + SigningKey.BYTES + " bytes");
        return secret;
    }

    private static int instances(SettingValues values, String verticle) {
        int number = values.number("instances." + verticle, 0, MOST_INSTANCES);
        return number == 0 ? VertxSettings.EVENT_LOOPS : number;
    }
}
