package io.parley.messages;

import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.Analytics;
import io.parley.contracts.Analytics.Bucket;
import io.parley.contracts.Purge;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.MessageDraft;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.messages.Messages.Which;
import io.parley.contracts.search.RankCursor;
import io.parley.contracts.search.Search;
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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The plans that PostgreSQL chooses for the statements at many messages. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
class PlansTest {
    private static final UUID CONVERSATION = UUID.fromString(ManyMessages.LONG_CONVERSATION);
    private static final Instant SPRING = Instant.parse("2026-03-20T00:00:00Z");
    private static final Cursor CURSOR = new Cursor(SPRING, Ids.next());
    private static final RankCursor RANK_CURSOR = new RankCursor(SPRING.plusSeconds(1), 0.05f, SPRING, Ids.next());

    private static final Map<String, String> VALUES = Map.ofEntries(
            Map.entry("user_id", "'" + ManyMessages.ADA + "'::uuid"),
            Map.entry("conversation_id", "'" + CONVERSATION + "'::uuid"),
            Map.entry("message_id", "'01900000-0000-7000-8003-000000000000'::uuid"),
            Map.entry("leaf_id", "'01900000-0000-7000-8003-000000000000'::uuid"),
            Map.entry("up_to", "ARRAY['01900000-0000-7000-8003-000000000000'::uuid]"),
            Map.entry("ids", "ARRAY['01900000-0000-7000-8003-000000000000'::uuid]"),
            Map.entry("parents", "ARRAY['01900000-0000-7000-8003-000000000000'::uuid]"),
            Map.entry("conversations", "ARRAY['" + CONVERSATION + "'::uuid]"),
            Map.entry("id", "'01900000-0000-7000-8003-000000000000'::uuid"),
            Map.entry("provider", "'gemini'"),
            Map.entry("role", "'user'"),
            Map.entry("rank", "0.05::real"),
            Map.entry("from", "timestamptz '2026-03-19'"),
            Map.entry("to", "timestamptz '2026-03-26'"),
            Map.entry("at", "timestamptz '2026-03-20'"),
            Map.entry("as_of", "timestamptz '2026-03-20'"),
            Map.entry("cursor_at", "timestamptz '2026-03-20'"),
            Map.entry("cursor_id", "'01900000-0000-7000-8003-000000000000'::uuid"),
            Map.entry("words", "'needle'"),
            Map.entry("is_prefix", "false"),
            Map.entry("pattern", "'needle'"),
            Map.entry("bucket", "'day'"),
            Map.entry("seconds", "0"),
            Map.entry("most_bytes", "262144"),
            Map.entry("limit", "51"));

    private static SampleConversation conversation;

    private final Bus bus;
    private final QueryPlans plans;

    PlansTest(Bus bus, Database database, DatabaseUrl url) {
        this.bus = bus;
        this.plans = new QueryPlans(database, url, VALUES);
    }

    @BeforeAll
    static void open(Vertx vertx, Bus bus, Database database, DatabaseUrl url) throws SQLException {
        ManyMessages.insert(url);
        conversation = SampleConversation.open(vertx, bus, database);
    }

    @Test
    void readsUseAnIndexAndListsSortNothing() {
        sendEveryRequest();

        for (var text : reads()) {
            for (var plan : plans.of(text))
                assertThat(plan).as(text).doesNotContain("Seq Scan on messages", "Seq Scan on conversations");
            if (isList(text)) assertThat(plans.of(text)).as(text).noneMatch(plan -> plan.contains(QueryPlans.SORT));
        }
    }

    /** In the generic plan of a prepared statement, which is the same for all values. */
    @Test
    void looksUpOnlyTheConversationOfTheMessages() {
        for (var cursor : new Cursor[] {null, CURSOR}) listAll(new PageRequest(cursor, 50, Order.ASC));
        Answers.of(bus.ask(Messages.FIND, new Messages.Find(ada, Ids.next())).otherwiseEmpty());

        var texts = reads().stream()
                .filter(text -> text.contains("FROM live_conversations c WHERE") || text.contains("CROSS JOIN LATERAL"))
                .toList();
        assertThat(texts).hasSizeGreaterThanOrEqualTo(5);
        for (var text : texts)
            assertThat(plans.generic(text)).as(text).doesNotContain(QueryPlans.SORT, "Bitmap", "Hash");
    }

    @Test
    void purgesALongConversationInBatches() {
        conversation.run("UPDATE conversations SET deleted_at = now() WHERE id = '" + CONVERSATION + "'");
        conversation.run("UPDATE conversations SET purged_at = now() WHERE id = '" + CONVERSATION + "'");
        var batch = new Purge.Batch(Duration.ZERO, 250);

        long removed = 0;
        while (removed < 1_000) {
            Purge.Purged purged = Answers.afterTimeouts(() -> bus.ask(Purge.of("messages"), batch));
            assertThat(purged.removed()).isBetween(1, 250);
            assertThat(purged.more()).isTrue();
            removed += purged.removed();
        }
    }

    private void sendEveryRequest() {
        for (var order : Order.values()) {
            for (var cursor : new Cursor[] {null, CURSOR}) listAll(new PageRequest(cursor, 50, order));
        }
        search(null);
        search(RANK_CURSOR);
        var range = new Analytics.DateRange(ada, SPRING, SPRING.plusSeconds(86_400), Bucket.DAY);
        Answers.of(bus.ask(Analytics.MESSAGES, range));
        sendRequestsForOneMessage();
        Answers.afterTimeouts(() -> bus.ask(Purge.of("messages"), new Purge.Batch(Duration.ofDays(10_000), 250)));
    }

    private void sendRequestsForOneMessage() {
        var id = Ids.next();
        var draft = new MessageDraft(null, null, Role.USER, "Hello", null, null, null, null, null);
        for (int attempt = 0; attempt < 2; attempt++)
            Answers.of(bus.ask(Messages.POST, new Messages.Post(ada, adasTripPlan, id, draft)));
        Answers.of(bus.ask(Messages.FIND, new Messages.Find(ada, id)));
        Answers.of(bus.ask(Messages.PROVIDER_STATES, new Messages.FindProviderStates(ada, List.of(id), "gemini")));
        Answers.of(bus.ask(Messages.DIGESTS, new Messages.FindDigests(ada, CONVERSATION, id, List.of(Ids.next()))));
        Answers.of(bus.ask(Messages.RESTORE, new Messages.Restore(ada, id)));
        var firstPage = new PageRequest(null, 50, Order.ASC);
        var reply = new MessageDraft(null, id, Role.USER, "Hello", null, null, null, null, null);
        for (int count = 0; count < 2; count++)
            Answers.of(bus.ask(Messages.POST, new Messages.Post(ada, adasTripPlan, reply)));
        Answers.of(bus.ask(Messages.THREAD, new Messages.ListThread(ada, adasTripPlan, id, firstPage)));
        Answers.of(bus.ask(Messages.BRANCH, new Messages.ListBranch(ada, adasTripPlan, id, firstPage)));
        Answers.of(bus.ask(Analytics.CONVERSATION_STATS, new Analytics.FindConversationStats(ada, adasTripPlan)));
    }

    private void listAll(PageRequest page) {
        for (var which : Which.values())
            Answers.of(
                    bus.ask(Messages.LIST_CONVERSATION, new Messages.ListConversation(ada, CONVERSATION, which, page))
                            .otherwiseEmpty());
        for (boolean deleted : List.of(false, true)) {
            for (var role : new Role[] {null, Role.USER}) {
                var filter = new Messages.Filter(role, SPRING, SPRING.plusSeconds(86_400));
                Answers.of(bus.ask(Messages.LIST_MINE, new Messages.ListMine(ada, filter, deleted, page)));
            }
        }
    }

    private void search(@Nullable RankCursor after) {
        Answers.of(bus.ask(Search.of(Search.Type.MESSAGE), new Search.Query(ada, "needle", 20, after)));
    }

    private List<String> reads() {
        return plans.reads("messages").stream()
                .filter(text -> !text.contains("#{parent_id}"))
                // What counts all rows of everybody, or of a user who has most of them, reads the table.
                .filter(text -> !text.contains("AS last_month") && !text.contains("pg_column_size(t.*)"))
                .toList();
    }

    private static boolean isList(String text) {
        return text.contains("ORDER BY m.")
                && !text.contains("WINDOW")
                && !text.contains("RECURSIVE")
                && !text.contains("#{message_id}");
    }
}
