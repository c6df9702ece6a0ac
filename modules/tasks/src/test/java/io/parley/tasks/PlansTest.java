package io.parley.tasks;

import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.Analytics;
import io.parley.contracts.Analytics.Bucket;
import io.parley.contracts.SortCursor;
import io.parley.contracts.SortRequest;
import io.parley.contracts.search.RankCursor;
import io.parley.contracts.search.Search;
import io.parley.contracts.tasks.Task.Priority;
import io.parley.contracts.tasks.Task.Status;
import io.parley.contracts.tasks.Tasks;
import io.parley.contracts.tasks.Tasks.Filter;
import io.parley.kernel.Bus;
import io.parley.kernel.Cursor;
import io.parley.kernel.Ids;
import io.parley.kernel.PageRequest;
import io.parley.kernel.PageRequest.Order;
import io.parley.postgres.DatabaseUrl;
import io.parley.storage.Database;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.PostgresExtension;
import io.parley.testing.postgres.QueryPlans;
import io.vertx.core.Vertx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Query plans with a hundred thousand tasks, half of them Ada's. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
class PlansTest {
    private static final Instant SPRING = Instant.parse("2026-03-20T00:00:00Z");
    private static final Cursor CURSOR = new Cursor(SPRING, Ids.next());

    private static final Map<String, String> VALUES = Map.ofEntries(
            Map.entry("user_id", "'" + ada.userId() + "'::uuid"),
            Map.entry("conversation_id", "'" + adasTripPlan + "'::uuid"),
            Map.entry("id", "'01900000-0000-7000-8003-000000000000'::uuid"),
            Map.entry("status", "'pending'"),
            Map.entry("priority", "'high'"),
            Map.entry("due_before", "timestamptz '2026-03-21'"),
            Map.entry("due_after", "timestamptz '2026-03-20'"),
            Map.entry("day_before", "date '2026-03-21'"),
            Map.entry("day_after", "date '2026-03-20'"),
            Map.entry("today", "date '2026-03-20'"),
            Map.entry("start_of_today", "timestamptz '2026-03-20'"),
            Map.entry("open", "true"),
            Map.entry("q", "'errand 77'"),
            Map.entry("words", "'errand'"),
            Map.entry("is_prefix", "false"),
            Map.entry("pattern", "'errand'"),
            Map.entry("role", "NULL::text"),
            Map.entry("rank", "0.05::real"),
            Map.entry("from", "timestamptz '2026-03-19'"),
            Map.entry("to", "timestamptz '2026-03-26'"),
            Map.entry("at", "timestamptz '2026-03-20'"),
            Map.entry("as_of", "timestamptz '2026-03-20'"),
            Map.entry("bucket", "'day'"),
            Map.entry("cursor_at", "timestamptz '2026-03-20'"),
            Map.entry("cursor_id", "'01900000-0000-7000-8003-000000000000'::uuid"),
            Map.entry("statuses", "'{pending,completed}'::text[]"),
            Map.entry("linked", "false"),
            Map.entry("tag_keys", "'{home}'::text[]"),
            Map.entry("most_bytes", "262144"),
            Map.entry("limit", "51"));

    private final Bus bus;
    private final Database database;
    private final DatabaseUrl url;

    PlansTest(Bus bus, Database database, DatabaseUrl url) {
        this.bus = bus;
        this.database = database;
        this.url = url;
    }

    @BeforeAll
    static void insert(Vertx vertx, Bus bus, Database database, DatabaseUrl url) throws SQLException {
        Answers.of(vertx.deployVerticle(new TasksVerticle(bus, database)));
        Answers.of(UsersFake.answer(bus));
        try (var connection = url.connect();
                var statement = connection.createStatement()) {
            // Without triggers: nobody follows these changes.
            for (var sql : List.of(
                    "SET session_replication_role = replica", """
            INSERT INTO tasks (id, user_id, conversation_id, title, status, priority, due_date, completed_at, created_at,
                               deleted_at)
            SELECT ('01900000-0000-7000-8003-' || lpad(to_hex(n), 12, '0'))::uuid, u.id,
                   CASE WHEN n %% 50 = 0 AND u.email = 'ada@example.org' THEN '%s'::uuid END, 'errand ' || n,
                   CASE n %% 3 WHEN 0 THEN 'pending' WHEN 1 THEN 'in_progress' ELSE 'completed' END,
                   CASE n %% 5 WHEN 0 THEN 'low' WHEN 1 THEN 'high' ELSE 'medium' END,
                   CASE WHEN n %% 2 = 0 THEN timestamptz '2026-01-01 00:00Z' + n * interval '3 min' END,
                   CASE WHEN n %% 3 = 2 THEN timestamptz '2026-01-02 00:00Z' + n * interval '3 min' END,
                   timestamptz '2026-01-01 00:00Z' + n * interval '3 min',
                   CASE WHEN n %% 20 = 0 THEN timestamptz '2026-06-01 00:00Z' + n * interval '1 s' END
              FROM generate_series(0, 99999) n
              JOIN users u ON u.email = CASE WHEN n %% 4 < 2 THEN 'ada@example.org' ELSE 'grace@example.org' END
            """.formatted(adasTripPlan), "VACUUM ANALYZE tasks"))
                statement.execute(sql);
        }
    }

    @Test
    void useAnIndexForEveryListFilterAndSearch() {
        for (var filter : filters())
            for (boolean deleted : new boolean[] {false, true})
                for (var order : Order.values())
                    for (var cursor : new Cursor[] {null, CURSOR})
                        Answers.of(bus.ask(
                                Tasks.LIST,
                                new Tasks.ListMine(ada, filter, deleted, new PageRequest(cursor, 50, order))));
        askForEachOrder();
        for (var after : new RankCursor[] {null, new RankCursor(SPRING, 0.05f, SPRING, Ids.next())})
            Answers.of(bus.ask(Search.of(Search.Type.TASK), new Search.Query(ada, "errand", 20, after)));
        Answers.of(bus.ask(
                Analytics.TASKS, new Analytics.DateRange(ada, SPRING, SPRING.plusSeconds(604_800), Bucket.DAY)));
        var plans = new QueryPlans(database, url, VALUES);

        // What counts all rows of everybody, or of a user who has most of them, reads the table.
        var reads = plans.reads("tasks").stream()
                .filter(text -> !text.contains("AS sort_key")) // in readsEachOrderFromAnIndex
                .filter(text -> !text.contains("AS last_month") && !text.contains("pg_column_size(t.*)"))
                .toList();

        assertThat(reads).hasSizeGreaterThan(50);
        for (var text : reads)
            assertThat(plans.of(text))
                    .as(text)
                    .allSatisfy(plan -> assertThat(plan).doesNotContain("Seq Scan on tasks"));
    }

    private void askForEachOrder() {
        for (var sort : Tasks.Sort.values())
            for (var order : Order.values()) {
                var first = new SortRequest(null, 50, order);
                var page = Answers.of(bus.ask(
                        Tasks.LIST_SORTED, new Tasks.ListSorted(ada, filters().get(0), sort, first)));
                var next = new SortRequest(page.nextCursor(), 50, order);
                Answers.of(bus.ask(
                        Tasks.LIST_SORTED, new Tasks.ListSorted(ada, filters().get(0), sort, next)));
            }
        var undated = SortCursor.of(Tasks.Sort.DUE_DATE, null, Ids.next());
        Answers.of(bus.ask(
                Tasks.LIST_SORTED,
                new Tasks.ListSorted(
                        ada, filters().get(0), Tasks.Sort.DUE_DATE, new SortRequest(undated, 50, Order.DESC))));
    }

    @Test
    void readsEachOrderFromAnIndex() {
        askForEachOrder();
        var plans = new QueryPlans(database, url, VALUES);
        var sorted = plans.reads("AS sort_key FROM tasks");
        assertThat(sorted).hasSizeGreaterThan(12);
        for (var text : sorted)
            for (var value : keys(text))
                // A plan for any limit would expect far more than a page. The server keeps planning for the limit that
                // is sent.
                assertThat(plans.custom(text.replace("#{cursor_key}", value)))
                        .as(text)
                        .doesNotContain(QueryPlans.SORT, "Seq Scan on tasks");
    }

    private static List<String> keys(String text) {
        if (text.contains("lower(title)")) return List.of("'errand 5'");
        if (text.contains("CASE priority")) return List.of("2");
        return text.contains("due_day AS sort_key")
                ? List.of("date '2026-03-20'")
                : List.of("timestamptz '2026-03-20'");
    }

    @Test
    void sortNoMoreThanAPageOfAList() {
        for (var filter : List.of(filters().get(0), filters().get(1), filters().get(2)))
            for (boolean deleted : new boolean[] {false, true})
                Answers.of(bus.ask(
                        Tasks.LIST, new Tasks.ListMine(ada, filter, deleted, new PageRequest(CURSOR, 50, Order.DESC))));
        var plans = new QueryPlans(database, url, VALUES);

        for (var text : plans.reads("FROM tasks WHERE deleted_at"))
            if (!text.contains("due_date") && !text.contains("#{conversation_id}"))
                assertThat(plans.of(text))
                        .as(text)
                        .allSatisfy(plan -> assertThat(plan).doesNotContain(QueryPlans.SORT));
    }

    private static List<Filter> filters() {
        return List.of(
                new Filter(null, null, null, null, null, null),
                new Filter(Status.PENDING, null, null, null, null, null),
                new Filter(null, Priority.HIGH, null, null, null, null),
                new Filter(null, null, adasTripPlan, null, null, null),
                new Filter(null, null, null, SPRING.plusSeconds(86_400), SPRING, null),
                new Filter(null, null, null, null, null, null, true, null, "Europe/Berlin"),
                new Filter(null, null, null, null, null, null, null, true, "Europe/Berlin"),
                new Filter(null, null, null, null, null, null, null, false, "Europe/Berlin"),
                new Filter(null, null, null, null, null, "errand 77"),
                new Filter(
                        List.of(Status.PENDING, Status.COMPLETED),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        false,
                        List.of("home")),
                new Filter(Status.PENDING, Priority.HIGH, adasTripPlan, SPRING, SPRING, "errand"));
    }
}
