package io.parley.idempotency;

import static io.parley.testing.Fixtures.ada;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.Purge;
import io.parley.contracts.Purge.Batch;
import io.parley.contracts.idempotency.Idempotency;
import io.parley.contracts.idempotency.Idempotency.Attempt;
import io.parley.contracts.idempotency.Idempotency.Begin;
import io.parley.contracts.idempotency.Idempotency.Finish;
import io.parley.contracts.idempotency.Idempotency.Release;
import io.parley.contracts.idempotency.Idempotency.StoredAnswer;
import io.parley.kernel.Bus;
import io.parley.kernel.Ids;
import io.parley.postgres.DatabaseUrl;
import io.parley.storage.Database;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.PostgresExtension;
import io.parley.testing.postgres.QueryPlans;
import io.vertx.core.Vertx;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Query plans with a hundred thousand keys, half of them Ada's. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
class PlansTest {
    private static final Map<String, String> VALUES = Map.ofEntries(
            Map.entry("user_id", "'" + ada.userId() + "'::uuid"),
            Map.entry("key", "'key 500'"),
            Map.entry("last", "now()"),
            Map.entry("fingerprint", "'" + "00".repeat(32) + "'"),
            Map.entry("resource_id", "'" + Ids.next() + "'::uuid"),
            Map.entry("attempt", "1"),
            Map.entry("timeout", "24"),
            Map.entry("lifetime", "86400"),
            Map.entry("status", "204"),
            Map.entry("location", "NULL"),
            Map.entry("etag", "NULL"),
            Map.entry("body", "NULL"),
            Map.entry("sealed", "NULL"),
            Map.entry("upload", "NULL"),
            Map.entry("limit", "250"));

    @Test
    void useAnIndex(Vertx vertx, Bus bus, Database database, DatabaseUrl url) throws SQLException {
        Answers.of(vertx.deployVerticle(new IdempotencyVerticle(bus, database)));
        insertKeys(url);
        sendEveryRequest(bus);

        var texts =
                database.texts().stream().filter(text -> text.contains("#{")).toList();
        assertThat(texts)
                .hasSizeGreaterThan(5)
                .flatExtracting(new QueryPlans(database, url, VALUES)::of)
                .allSatisfy(plan -> assertThat(plan).doesNotContain("Seq Scan on idempotency_keys", QueryPlans.SORT));
    }

    // Over JDBC, because so many rows may take longer than the statement timeout of the pool.
    private static void insertKeys(DatabaseUrl url) throws SQLException {
        try (var connection = url.connect();
                var statement = connection.createStatement()) {
            statement.execute("""
                INSERT INTO idempotency_keys (user_id, key, fingerprint, resource_id, locked_until, created_at,
                                              expires_at)
                SELECT u.id, 'key ' || n, decode(repeat('00', 32), 'hex'), gen_random_uuid(), now(),
                       now() - n * interval '2 s', now() + interval '24 hours' - n * interval '2 s'
                  FROM users u, generate_series(1, 50000) n
                """);
            statement.execute("ANALYZE idempotency_keys");
        }
    }

    private static void sendEveryRequest(Bus bus) {
        var begin = new Begin(ada, "key", "00".repeat(32), Duration.ofSeconds(24));
        Answers.of(bus.ask(Idempotency.BEGIN, begin));
        Answers.of(bus.ask(Idempotency.BEGIN, begin));
        var attempt = new Attempt(ada.userId(), "key", 1, Ids.next());
        Answers.of(bus.ask(Idempotency.FINISH, new Finish(attempt, new StoredAnswer(204, null, null, null))));
        Answers.of(bus.ask(Idempotency.RELEASE, new Release(attempt, false)));
        Answers.of(bus.ask(Idempotency.RELEASE, new Release(attempt, true)));
        Answers.afterTimeouts(() -> bus.ask(Purge.of("idempotency"), new Batch(Duration.ZERO, 1)));
    }
}
