package io.parley.config;

import io.parley.assistant.AssistantSettings;
import io.parley.kernel.Secret;
import io.parley.storage.DatabaseUrl;
import io.parley.storage.PoolSettings;
import io.parley.storage.SearchConfiguration;
import io.parley.users.KeySettings;
import io.parley.users.PasswordSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Everything that an operator can set, read once. Printing it shows no secret. */
record Settings(
        Http http,
        Shutdown shutdown,
        Path dataDir,
        DatabaseAccess database,
        SearchConfiguration search,
        Jwt jwt,
        KeySettings keys,
        PasswordSettings passwords,
        Retention retention,
        ClusterSettings cluster,
        AssistantSettings assistant,
        Instances instances) {

    record Http(String host, int port, Duration requestTimeout, Duration receiveTimeout, Duration idleTimeout) {}

    /**
     * @param drain how long requests are still accepted while readiness is already denied
     * @param timeout the longest wait for the requests in flight after that
     */
    record Shutdown(Duration drain, Duration timeout) {
        /** Until the process has ended, whatever happens: storage needs some of it to close the database well. */
        Duration longest() {
            return drain.plus(timeout).plusSeconds(20);
        }
    }

    /** @param url of a PostgreSQL server; nothing where the embedded one is wanted */
    record DatabaseAccess(Optional<DatabaseUrl> url, PoolSettings pool) {}

    /** @param secret nothing where the one in the data directory is wanted */
    record Jwt(Optional<Secret> secret, String issuer, String audience) {}

    /**
     * @param deleted how long the trash keeps what was deleted
     * @param interval between two looks at what may go, about
     */
    record Retention(Duration deleted, Duration interval) {}

    record Instances(
            int gateway,
            int users,
            int conversations,
            int messages,
            int tasks,
            int retries,
            int changes,
            int assistant) {}

    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int MOST_INSTANCES = 256;

    static Settings from(Values values) {
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
                new KeySettings(
                        values.secret("keys.keyset").orElse(null),
                        values.path("data.dir").resolve("keyset.json")),
                new PasswordSettings(
                        values.number("passwords.workers", 1, 64), values.number("passwords.queue", 1, 10_000)),
                new Retention(
                        Duration.ofDays(values.number("retention.deleted-days", 0, 36_500)),
                        values.duration("retention.interval", Duration.ofSeconds(1), Duration.ofDays(1))),
                ClusterSettings.of(values),
                new AssistantSettings(
                        Providers.of(values),
                        values.duration("assistant.turn-timeout", Duration.ofSeconds(1), Duration.ofHours(1)),
                        values.number("assistant.history-tokens", 100, 10_000_000)),
                new Instances(
                        instances(values, "gateway"),
                        instances(values, "users"),
                        instances(values, "conversations"),
                        instances(values, "messages"),
                        instances(values, "tasks"),
                        instances(values, "retries"),
                        instances(values, "changes"),
                        instances(values, "assistant")));
    }

    private static Optional<DatabaseUrl> databaseUrl(Values values) {
        try {
            return values.secret("database.url").map(Secret::value).map(DatabaseUrl::parse);
        } catch (IllegalArgumentException notAUrl) {
            throw values.wrong("database.url", String.valueOf(notAUrl.getMessage()));
        }
    }

    private static SearchConfiguration search(Values values) {
        try {
            return new SearchConfiguration(values.name("search.configuration"));
        } catch (IllegalArgumentException notAName) {
            throw values.wrong("search.configuration", String.valueOf(notAName.getMessage()));
        }
    }

    private static Optional<Secret> signingKey(Values values) {
        var secret = values.secret("jwt.secret");
        if (secret.filter(key -> !SigningKey.longEnough(key)).isPresent())
            throw values.wrong("jwt.secret", "must have at least " + SigningKey.BYTES + " bytes");
        return secret;
    }

    private static int instances(Values values, String verticle) {
        int number = values.number("instances." + verticle, 0, MOST_INSTANCES);
        return number == 0 ? VertxSettings.EVENT_LOOPS : number;
    }
}
