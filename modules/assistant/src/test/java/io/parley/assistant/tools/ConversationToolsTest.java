package io.parley.assistant.tools;

import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.assistant.models.ToolCall;
import io.parley.contracts.conversations.Conversation;
import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.messages.Siblings;
import io.parley.contracts.search.Search;
import io.parley.json.StrictJson;
import io.parley.kernel.Bus;
import io.parley.kernel.Cursor;
import io.parley.kernel.Ids;
import io.parley.kernel.Json;
import io.parley.kernel.Page;
import io.parley.kernel.Problem;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Thirty conversations, and the messages of one of them; the newest first. */
@ExtendWith(BusExtension.class)
class ConversationToolsTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant FIRST = Instant.parse("2027-01-01T00:00:00Z");

    private static final List<Conversation> conversations = IntStream.range(0, 30)
            .mapToObj(at -> new Conversation(
                    Ids.next(),
                    ada.userId(),
                    "Trip " + at,
                    null,
                    Json.EMPTY_OBJECT,
                    null,
                    null,
                    null,
                    null,
                    FIRST,
                    FIRST.minusSeconds(at),
                    null))
            .toList();

    private static final List<Message> messages =
            IntStream.range(0, 60).mapToObj(ConversationToolsTest::message).toList();

    private final ToolRegistry tools;

    ConversationToolsTest(Bus bus) {
        tools = new ToolRegistry(bus, Clock.systemUTC(), 6000);
    }

    @BeforeAll
    static void answer(Bus bus) {
        Answers.of(bus.answer(
                Conversations.LIST,
                query -> page(
                        conversations,
                        query.page().cursor(),
                        query.page().limit(),
                        each -> new Cursor(each.updatedAt(), each.id()))));
        Answers.of(bus.answer(Messages.LIST_CONVERSATION, query -> {
            if (!query.conversationId().equals(adasTripPlan)) throw Problem.notFound("conversation");
            return page(
                    messages,
                    query.page().cursor(),
                    query.page().limit(),
                    each -> new Cursor(each.createdAt(), each.id()));
        }));
        Answers.of(bus.answer(Search.of(Search.Type.CONVERSATION), ConversationToolsTest::search));
    }

    @Test
    void listsConversationsByTheirLastActivity() {
        var first = run("list_conversations", "{\"limit\": 20}");
        assertThat(first.get("conversations")).hasSize(20);
        assertThat(first.at("/conversations/0").toString())
                .isEqualTo("{\"id\":\"" + conversations.get(0).id()
                        + "\",\"title\":\"Trip 0\",\"last_active\":\"2027-01-01T01:00:00+01:00\"}");

        var second = run("list_conversations", "{\"limit\": 20, \"cursor\": " + first.get("next_cursor") + "}");
        assertThat(second.get("conversations").findValuesAsText("title"))
                .startsWith("Trip 20")
                .hasSize(10);
        assertThat(second.has("next_cursor")).isFalse();
    }

    @Test
    void searchesConversationsPageByPage() {
        var first = run("list_conversations", "{\"q\": \"trip\", \"limit\": 2}");
        assertThat(first.get("conversations").findValuesAsText("title")).containsExactly("Trip 0", "Trip 1");

        var second = run(
                "list_conversations", "{\"q\": \"trip\", \"limit\": 2, \"cursor\": " + first.get("next_cursor") + "}");
        assertThat(second.get("conversations").findValuesAsText("title")).containsExactly("Trip 2", "Trip 3");
    }

    @Test
    void readsAConversationFromItsEndWithShortTexts() {
        var seen = new ArrayList<String>();
        var cursor = "";
        do {
            var page = run(
                    "read_conversation",
                    "{\"id\": \"" + adasTripPlan + "\", \"limit\": 50, \"cursor\": \"" + cursor + "\"}");
            assertThat(page.toString()).hasSizeLessThanOrEqualTo(6000);
            assertThat(page.get("messages").findValuesAsText("text")).allMatch(text -> text.length() <= 501);
            seen.addAll(0, page.get("messages").findValuesAsText("id"));
            cursor = page.path("next_cursor").asText("");
        } while (!cursor.isEmpty());

        assertThat(seen)
                .containsExactlyElementsOf(IntStream.range(0, 60)
                        .mapToObj(at -> messages.get(59 - at).id().toString())
                        .toList());
    }

    @Test
    void reportsAConversationThatDoesNotExist() {
        assertThat(run("read_conversation", "{\"id\": \"" + Ids.next() + "\"}")
                        .get("error")
                        .asText())
                .isEqualTo("The conversation does not exist.");
    }

    private static Message message(int at) {
        return new Message(
                Ids.next(),
                adasTripPlan,
                ada.userId(),
                null,
                at % 2 == 0 ? Message.Role.ASSISTANT : Message.Role.USER,
                ("word " + at + ' ').repeat(at % 3 == 0 ? 200 : 3),
                null,
                null,
                null,
                null,
                null,
                null,
                Json.EMPTY_OBJECT,
                Siblings.ALONE,
                null,
                FIRST.minusSeconds(at),
                FIRST,
                null);
    }

    private static Future<Search.Results> search(Search.Query query) {
        var after = query.after();
        var hits = conversations.stream()
                .filter(each -> after == null || each.updatedAt().isBefore(after.at()))
                .limit(query.limit())
                .map(each -> new Search.Hit(
                        Search.Type.CONVERSATION, each.id(), null, null, each.title(), "", 0.5f, each.updatedAt()))
                .toList();
        return Future.succeededFuture(new Search.Results(hits, true, FIRST));
    }

    private static <T extends Record> Future<Page<T>> page(
            List<T> all, Cursor cursor, int limit, Function<T, Cursor> position) {
        var rest = all.stream()
                .filter(each -> cursor == null || position.apply(each).at().isBefore(cursor.at()))
                .limit(limit + 1L)
                .toList();
        return Future.succeededFuture(Page.of(rest, limit, position));
    }

    private JsonNode run(String tool, String arguments) {
        var context = new ToolContext(ada, BERLIN);
        return StrictJson.parse(Buffer.buffer(Answers.of(tools.run(context, new ToolCall("1", tool, arguments)))));
    }
}
