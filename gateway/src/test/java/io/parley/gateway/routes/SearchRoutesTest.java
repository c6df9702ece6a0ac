package io.parley.gateway.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.conversations.Conversation;
import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.search.RankCursor;
import io.parley.contracts.search.Search;
import io.parley.contracts.search.Search.Hit;
import io.parley.contracts.search.Search.Results;
import io.parley.gateway.Fixtures;
import io.parley.gateway.TestGateway;
import io.parley.kernel.Problem;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchRoutesTest {
    private record Asked(Search.Type type, Search.Query query) {}

    private static final Queue<Asked> received = new ConcurrentLinkedQueue<>();
    private static TestGateway gateway;

    @BeforeAll
    static void open() {
        gateway = TestGateway.open();
        TestGateway.await(gateway.bus.answer(Conversations.FIND, find -> conversation));
        staff(Search.Type.MESSAGE, 0.5f);
        staff(Search.Type.TASK, 0.9f);
        staff(Search.Type.CONVERSATION, 0.1f);
        count(Search.Type.CONVERSATION, 2);
        count(Search.Type.TASK, 3);
    }

    private static volatile Future<Conversation> conversation = Future.failedFuture(Problem.notFound("conversation"));

    private static void count(Search.Type type, int unsearched) {
        TestGateway.await(gateway.bus.answer(
                Search.unsearched(type), query -> Future.succeededFuture(new Search.Unsearched(unsearched))));
    }

    private static void staff(Search.Type type, float rank) {
        var hit = new Hit(type, Fixtures.TASK_ID, null, null, null, "<mark>a</mark>", rank, Fixtures.NOON);
        TestGateway.await(gateway.bus.answer(Search.of(type), query -> {
            received.add(new Asked(type, query));
            return Future.succeededFuture(new Results(List.of(hit), false, Fixtures.NOON));
        }));
    }

    @AfterAll
    static void close() {
        gateway.close();
    }

    @BeforeEach
    void forget() {
        received.clear();
    }

    @Test
    void answersWithTheBestOfAllAndTheNextCursor() {
        var page = TestGateway.json(gateway.get("/api/v1/search?q=a&limit=2"));
        assertThat(page.fieldNames()).containsExactly("items", "next_cursor", "not_searched");
        assertThat(page.getJsonObject("not_searched").getMap()).isEqualTo(Map.of("conversations", 2, "tasks", 3));
        assertThat(page.getJsonArray("items"))
                .extracting(hit -> ((JsonObject) hit).getString("type"))
                .containsExactly("task", "message");
        assertThat(page.getJsonArray("items").getJsonObject(0).fieldNames())
                .containsExactly("type", "id", "conversation_id", "role", "title", "snippet", "rank", "created_at");
        assertThat(RankCursor.parse(page.getString("next_cursor")))
                .hasValue(new RankCursor(Fixtures.NOON, 0.5f, Fixtures.NOON, Fixtures.TASK_ID));
    }

    @Test
    void searchesAllTypesFromTheSamePosition() {
        var after = new RankCursor(Fixtures.NOON, 0.5f, Fixtures.NOON, Fixtures.TASK_ID);
        gateway.get("/api/v1/search?q=%22a+b%22+-c&cursor=" + after.text());
        assertThat(received).extracting(Asked::type).containsExactlyInAnyOrder(Search.Type.values());
        assertThat(received)
                .extracting(Asked::query)
                .containsOnly(new Search.Query(Fixtures.ada, "\"a b\" -c", 20, after));
    }

    @Test
    void searchesOnlyTheRequestedType() {
        var page = TestGateway.json(gateway.get("/api/v1/search?q=a&type=conversation"));
        assertThat(received).extracting(Asked::type).containsExactly(Search.Type.CONVERSATION);
        assertThat(page.getJsonArray("items")).hasSize(1);
        assertThat(page.getValue("next_cursor")).isNull();
    }

    @Test
    void searchesOnlyMessagesWithARole() {
        gateway.get("/api/v1/search?q=a&role=tool&from=2026-01-01T00:00:00Z&to=2026-02-01T01:00:00%2B01:00");
        gateway.get("/api/v1/search?q=a&role=tool&type=message");
        var january = new Search.Filter(
                null, Role.TOOL, Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-02-01T00:00:00Z"));
        assertThat(received)
                .containsExactly(
                        new Asked(Search.Type.MESSAGE, new Search.Query(Fixtures.ada, "a", january, 20, null)),
                        new Asked(
                                Search.Type.MESSAGE,
                                new Search.Query(
                                        Fixtures.ada, "a", new Search.Filter(null, Role.TOOL, null, null), 20, null)));
    }

    @Test
    void asksForTheConversationFirst() {
        conversation = Future.failedFuture(Problem.forbidden("conversation"));
        var path = "/api/v1/search?q=a&conversation_id=" + Fixtures.TASK_ID;
        assertThat(gateway.get(path).statusCode()).isEqualTo(403);
        conversation = Future.failedFuture(Problem.notFound("conversation"));
        assertThat(gateway.get(path).statusCode()).isEqualTo(404);
        assertThat(received).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'', q",
        "type=task, q",
        "q=, q",
        "q=+, q",
        "q=%00, q",
        "q=a&q=b, q",
        "q=a&type=user, type",
        "q=a&type=TASK, type",
        "q=a&limit=0, limit",
        "q=a&limit=201, limit",
        "q=a&cursor=abc, cursor",
        "q=a&cursor=f______________________________________________, cursor",
        "q=a&order=asc, order",
        "q=a&conversation_id=1, conversation_id",
        "q=a&role=nobody, role",
        "q=a&role=user&type=task, role",
        "q=a&role=user&type=conversation, role",
        "q=a&from=yesterday, from",
        "q=a&to=2026-01-01, to"
    })
    void namesTheInvalidParameter(String query, String pointer) {
        var response = gateway.get("/api/v1/search?" + query);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(TestGateway.pointers(response)).containsExactly(pointer);
        assertThat(received).isEmpty();
    }
}
