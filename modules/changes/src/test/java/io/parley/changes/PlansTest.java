package io.parley.changes;

import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.grace;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.Purge;
import io.parley.contracts.Purge.Batch;
import io.parley.contracts.changes.ChangePosition;
import io.parley.contracts.changes.Changes;
import io.parley.contracts.changes.Changes.Since;
import io.parley.contracts.changes.Changes.Watch;
import io.parley.contracts.changes.Changes.WatchResult;
import io.parley.kernel.Bus;
import io.parley.postgres.DatabaseUrl;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.OwnerDatabase;
import io.parley.testing.postgres.PostgresExtension;
import io.parley.testing.postgres.QueryPlans;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Query plans with fifty thousand changes, a quarter of them Ada's. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
class PlansTest {
    private static final Map<String, String> VALUES = Map.of(
            "users", "ARRAY['" + ada.userId() + "', '" + grace.userId() + "']::uuid[]",
            "user_id", "'" + ada.userId() + "'::uuid",
            "after", "12000::bigint",
            "last", "12100::bigint",
            "last_number", "100::bigint",
            "kept", "600",
            "limit", "201");

    @Test
    void useAnIndex(Vertx vertx, Bus bus, Database database, DatabaseUrl url) {
        Answers.of(vertx.deployVerticle(new ChangesVerticle(bus, database)));
        run(database, """
            INSERT INTO changes (user_id, number, resource, id, kind, created_at)
            SELECT u.id, 1000000 + n, 'task', gen_random_uuid(), 'updated', now() - n * interval '100 ms'
              FROM users u, generate_series(1, 12500) n
            """);
        run(database, "ANALYZE changes");
        var now = since(bus, null).now();
        since(bus, new ChangePosition(now.number() - 1));
        Answers.afterTimeouts(() -> bus.ask(Purge.of("changes"), new Batch(Duration.ZERO, 1)));

        var plans = new QueryPlans(database, url, VALUES);

        assertThat(database.texts().stream().filter(text -> text.contains("#{")))
                .hasSize(4)
                // A purge is planned for each run, because one plan for every batch size would cost more.
                .flatExtracting(text -> text.contains("DELETE") ? List.of(plans.custom(text)) : plans.of(text))
                // At most Changes.MAX_CHANGES rows are sorted.
                .allSatisfy(plan -> assertThat(plan).contains("change").doesNotContain("Seq Scan on changes "));
    }

    private static WatchResult since(Bus bus, @Nullable ChangePosition after) {
        var watch = new Watch(ada.userId(), after);
        return Answers.of(bus.ask(Changes.SINCE, new Since(List.of(watch))))
                .results()
                .get(0);
    }

    private static void run(Database database, String sql) {
        Answers.of(OwnerDatabase.of(database).query(sql).run(Parameters.none()));
    }
}
