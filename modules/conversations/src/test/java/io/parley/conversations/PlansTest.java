package io.parley.conversations;

import static io.parley.testing.Fixtures.ada;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.Analytics;
import io.parley.contracts.Analytics.Bucket;
import io.parley.contracts.Purge;
import io.parley.contracts.SortRequest;
import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.conversations.Conversations.ConversationDraft;
import io.parley.contracts.conversations.Conversations.Filter;
import io.parley.contracts.conversations.ImportedConversations;
import io.parley.contracts.search.RankCursor;
import io.parley.contracts.search.Search;
import io.parley.kernel.Bus;
import io.parley.kernel.Cursor;
import io.parley.kernel.Ids;
import io.parley.kernel.PageRequest;
import io.parley.kernel.PageRequest.Order;
import io.parley.kernel.Problem;
import io.parley.postgres.DatabaseUrl;
import io.parley.storage.Database;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.PostgresExtension;
import io.parley.testing.postgres.QueryPlans;
import io.vertx.core.Vertx;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The plans that PostgreSQL chooses for the statements at 100,000 conversations, half of them Ada's. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
class PlansTest {
    private static final Instant SPRING = Instant.parse("2026-03-20T00:00:00Z");
    private static final Cursor CURSOR = new Cursor(SPRING, Ids.next());

    private static final Map<String, String> VALUES = Map.ofEntries(
            Map.entry("user_id", "'" + ada.userId() + "'::uuid"),
            Map.entry("id", "'01900000-0000-7000-8001-000000000000'::uuid"),
            Map.entry("ids", "'{01900000-0000-7000-8001-000000000000,01900000-0000-7000-8001-000000000001}'"),
            Map.entry("words", "'talk'"),
            Map.entry("is_prefix", "false"),
            Map.entry("pattern", "'talk'"),
            Map.entry("role", "NULL::text"),
            Map.entry("conversation_id", "NULL::uuid"),
            Map.entry("rank", "0.05::real"),
            Map.entry("from", "timestamptz '2026-03-19'"),
            Map.entry("to", "timestamptz '2026-03-26'"),
            Map.entry("at", "timestamptz '2026-03-20'"),
            Map.entry("as_of", "timestamptz '2026-03-20'"),
            Map.entry("bucket", "'day'"),
            Map.entry("cursor_at", "timestamptz '2026-03-20'"),
            Map.entry("cursor_id", "'01900000-0000-7000-8001-000000000000'::uuid"),
            Map.entry("seconds", "0"),
            Map.entry("tag_keys", "'{home}'::text[]"),
            Map.entry("most_bytes", "262144"),
            Map.entry("limit", "21"));

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
        Answers.of(vertx.deployVerticle(new ConversationsVerticle(bus, database)));
        try (var connection = url.connect();
                var statement = connection.createStatement()) {
            // Without triggers, which would take most of a minute.
            for (var sql : List.of(
                    "SET session_replication_role = replica",
                    """
            INSERT INTO conversations (id, user_id, title, created_at, updated_at, deleted_at)
            SELECT ('01900000-0000-7000-8001-' || lpad(to_hex(n), 12, '0'))::uuid, u.id, 'talk ' || n,
                   timestamptz '2026-01-01 00:00Z' + n * interval '3 min',
                   timestamptz '2026-01-01 00:00Z' + n * interval '3 min',
                   CASE WHEN n % 20 = 0 THEN timestamptz '2026-06-01 00:00Z' + n * interval '1 s' END
              FROM generate_series(0, 99999) n
              JOIN users u ON u.email = CASE WHEN n % 4 < 2 THEN 'ada@example.org' ELSE 'grace@example.org' END
            """,
                    """
            INSERT INTO conversation_search (id, user_id, created_at, search)
            SELECT id, user_id, created_at, to_tsvector(search_configuration(), search_text(title)) FROM conversations
             WHERE title LIKE 'talk %'
            """,
                    "VACUUM ANALYZE conversations",
                    "VACUUM ANALYZE conversation_search")) statement.execute(sql);
        }
    }

    @Test
    void readsUseAnIndexAndListsSortNothing() {
        for (boolean deleted : new boolean[] {false, true})
            for (var order : Order.values())
                for (var cursor : new Cursor[] {null, CURSOR})
                    Answers.of(bus.ask(
                            Conversations.LIST,
                            new Conversations.ListMine(ada, deleted, new PageRequest(cursor, 20, order))));
        for (var filter : List.of(
                new Filter(true, null, List.of()),
                new Filter(false, true, List.of()),
                new Filter(false, false, List.of("home"))))
            Answers.of(bus.ask(
                    Conversations.LIST,
                    new Conversations.ListMine(ada, filter, false, new PageRequest(CURSOR, 20, Order.DESC))));
        for (var sort : Conversations.Sort.values())
            Answers.of(bus.ask(
                    Conversations.LIST_SORTED,
                    new Conversations.ListSorted(ada, Filter.ALL, sort, new SortRequest(null, 20, Order.DESC))));
        for (var after : new RankCursor[] {null, new RankCursor(SPRING, 0.05f, SPRING, Ids.next())})
            Answers.of(bus.ask(Search.of(Search.Type.CONVERSATION), new Search.Query(ada, "talk", 20, after)));
        Answers.of(bus.ask(
                Analytics.CONVERSATIONS,
                new Analytics.DateRange(ada, SPRING, SPRING.plusSeconds(604_800), Bucket.DAY)));
        Answers.of(bus.ask(Conversations.WALK, new Conversations.Walk(ada, null, 20)));
        Answers.of(bus.ask(Conversations.WALK, new Conversations.Walk(ada, Ids.next(), 20)));
        askAboutOneConversation();
        Answers.afterTimeouts(() -> bus.ask(Purge.of("conversations"), new Purge.Batch(Duration.ofDays(10_000), 250)));
        var plans = new QueryPlans(database, url, VALUES);

        // What counts all rows of everybody, or of a user who has most of them, reads the table; so does a list by
        // title.
        var reads = plans.reads("conversations").stream()
                .filter(text -> !text.contains("lower(title)"))
                .filter(text -> !text.contains("AS last_month") && !text.contains("pg_column_size(t.*)"))
                .toList();

        assertThat(reads).hasSizeGreaterThan(12);
        for (var text : reads)
            for (var plan : text.contains("AS sort_key") ? List.of(plans.custom(text)) : plans.of(text)) {
                assertThat(plan)
                        .as(text)
                        .doesNotContain("Seq Scan on conversations", "Seq Scan on conversation_search");
                if (text.contains("FROM conversations WHERE deleted_at"))
                    assertThat(plan).as(text).doesNotContain(QueryPlans.SORT);
            }
    }

    private void askAboutOneConversation() {
        var id = Ids.next();
        var draft = new ConversationDraft("talk", null, null);
        for (int attempt = 0; attempt < 2; attempt++)
            Answers.of(bus.ask(Conversations.CREATE, new Conversations.Create(ada, id, draft)));
        Answers.of(bus.ask(Conversations.FIND, new Conversations.Find(ada, id)));
        Answers.of(bus.ask(Conversations.RESTORE, new Conversations.Restore(ada, id)));
        var refused = Answers.problemOf(bus.ask(ImportedConversations.BEGIN, new ImportedConversations.Begin(ada, id)));
        assertThat(refused.kind()).isEqualTo(Problem.Kind.CONFLICT);
    }
}
