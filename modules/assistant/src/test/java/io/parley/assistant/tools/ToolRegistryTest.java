package io.parley.assistant.tools;

import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;
import static io.parley.testing.Fixtures.grace;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.assistant.models.ToolCall;
import io.parley.assistant.models.ToolDescription;
import io.parley.contracts.search.Search;
import io.parley.contracts.tasks.Tasks;
import io.parley.json.StrictJson;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Json;
import io.parley.kernel.PageRequest.Order;
import io.parley.kernel.access.Scope;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BusExtension.class)
class ToolRegistryTest {
    private static final TasksFake tasks = new TasksFake();
    private static final SearchFake search = new SearchFake();

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Clock NOW = Clock.fixed(Instant.parse("2026-11-25T09:00:00Z"), ZoneOffset.UTC);

    private final ToolRegistry tools;

    ToolRegistryTest(Bus bus) {
        tools = new ToolRegistry(bus, NOW, 6000);
    }

    @BeforeAll
    static void answer(Bus bus) {
        Answers.of(tasks.answer(bus));
        Answers.of(search.answer(bus));
    }

    @BeforeEach
    void clear() {
        tasks.clear();
        search.queries.clear();
        search.found = query -> true;
    }

    @Test
    void addsATask() {
        var task = run(ada, "add_task", """
                {"title": "Book", "description": "a window seat", "priority": "high",
                 "due_date": "2027-03-31T17:00:00+02:00"}""");

        assertThat(task.remove("id")).isNotNull();
        assertThat(task).hasToString("""
                {"title":"Book","status":"pending","priority":"high","due_date":"2027-03-31T17:00:00+02:00",\
                "description":"a window seat"}""");
    }

    @Test
    void listsOnlyTheCallersTasks() {
        add(ada, "Book");
        add(grace, "Write the diary");

        assertThat(titles(run(ada, "list_tasks", "{}"))).containsExactly("Book");
        assertThat(titles(run(grace, "list_tasks", "{}"))).containsExactly("Write the diary");
    }

    @Test
    void passesOnAllFilters() {
        run(ada, "list_tasks", """
                {"status": "in_progress", "priority": "low", "overdue": true, "due_after": "2027-01-01T00:00:00Z",
                 "due_before": "2027-02-01T00:00:00Z", "q": "book", "limit": 7}""");

        var query = (Tasks.ListMine) tasks.received.get(0);
        assertThat(query.filter()).hasToString("""
                Filter[statuses=[IN_PROGRESS], priority=LOW, conversationId=null, dueBefore=2027-02-01T00:00:00Z, \
                dueAfter=2027-01-01T00:00:00Z, q=book, open=null, overdue=true, timeZone=Europe/Berlin, linked=null, tags=[]]""");
        assertThat(query.page().limit()).isEqualTo(7);
        assertThat(query.page().order()).isEqualTo(Order.DESC);
        assertThat(query.deleted()).isFalse();
    }

    @Test
    void continuesAfterACursor() {
        add(ada, "Book");
        add(ada, "Pack");
        var first = run(ada, "list_tasks", "{\"limit\": 1}");
        var second = run(ada, "list_tasks", "{\"cursor\": " + first.get("next_cursor") + "}");

        assertThat(titles(first)).containsExactly("Pack");
        assertThat(titles(second)).containsExactly("Book");
        assertThat(second.has("next_cursor")).isFalse();
    }

    @Test
    void shortensALongDescription() {
        run(ada, "add_task", "{\"title\": \"Read\", \"description\": \"" + "😀".repeat(201) + "\"}");

        assertThat(run(ada, "list_tasks", "{}").at("/tasks/0/description").textValue())
                .isEqualTo("😀".repeat(200) + "…");
    }

    @Test
    void changesOnlyTheGivenFields() {
        var id = run(ada, "add_task", "{\"title\": \"Book\", \"priority\": \"high\", \"description\": \"a seat\"}")
                .get("id");

        var task = run(ada, "update_task", "{\"id\": " + id + ", \"title\": \"Fly\", \"description\": null}");

        assertThat(task.get("title").textValue()).isEqualTo("Fly");
        assertThat(task.get("description").textValue()).isEqualTo("a seat");
        assertThat(task.get("priority").textValue()).isEqualTo("high");
    }

    @Test
    void clearsTheNamedFields() {
        var id = run(ada, "add_task", "{\"title\": \"Book\", \"due_date\": \"tomorrow\", \"description\": \"a seat\"}")
                .get("id");

        var undated = run(ada, "update_task", "{\"id\": " + id + ", \"clear\": [\"due_date\"]}");
        assertThat(undated.has("due_date")).isFalse();
        assertThat(undated.get("description").textValue()).isEqualTo("a seat");
        assertThat(run(ada, "update_task", "{\"id\": " + id + ", \"clear\": \"due date, Description\"}")
                        .has("description"))
                .isFalse();
    }

    @Test
    void completesATask() {
        var id = add(ada, "Book");

        assertThat(run(ada, "complete_task", id).get("status").textValue()).isEqualTo("completed");
    }

    @Test
    void deletesATaskAndReturnsIt() {
        var id = add(ada, "Book");

        assertThat(run(ada, "delete_task", id).at("/deleted/title").textValue()).isEqualTo("Book");
        assertThat(error(ada, "delete_task", id)).isEqualTo("The task does not exist.");
    }

    @Test
    void searchesMessagesAndReturnsPlainText() {
        search.snippet = "the <mark>trip</mark> to &lt;Lisbon&gt; &amp;amp; back, &#39;twas &quot;fun&quot;";

        var found = run(ada, "search_messages", "{\"q\": \"trip\"}");

        assertThat(found).hasToString("""
                {"messages":[{"id":"%s","conversation_id":"%s",\
                "snippet":"the trip to <Lisbon> &amp; back, 'twas \\"fun\\"",\
                "created_at":"1970-01-01T01:00:00+01:00"}],"match":"all","more":false}""".formatted(SearchFake.MESSAGE, adasTripPlan));
        assertThat(search.queries.get(0).q()).isEqualTo("trip");
        assertThat(search.queries.get(0).limit()).isGreaterThan(10);
    }

    @Test
    void leavesAnotherUsersTasksAlone() {
        var id = add(ada, "Secret plan");

        for (var tool : List.of("complete_task", "delete_task"))
            assertThat(error(grace, tool, id)).isEqualTo("This task belongs to another user.");
        assertThat(error(grace, "update_task", id.replace("}", ", \"title\": \"Mine\"}")))
                .isEqualTo("This task belongs to another user.");
        assertThat(titles(run(ada, "list_tasks", "{}"))).containsExactly("Secret plan");
    }

    @Test
    void runsEveryToolAsTheCaller() {
        var id = add(grace, "Diary");
        run(grace, "list_tasks", "{}");
        run(grace, "update_task", id.replace("}", ", \"title\": \"Journal\"}"));
        run(grace, "complete_task", id);
        run(grace, "delete_task", id);
        run(grace, "search_messages", "{\"q\": \"trip\"}");

        assertThat(tasks.received).hasSize(6).extracting("caller").containsOnly(grace);
        assertThat(search.queries).hasSize(1).extracting("caller").containsOnly(grace);
    }

    @Test
    void reportsAnUnknownTool() {
        assertThat(error(ada, "format_disk", "{}")).isEqualTo("There is no such tool.");
    }

    @Test
    void acceptsEmptyArguments() {
        assertThat(run(ada, "list_tasks", "").get("tasks")).isEmpty();
    }

    @Test
    void hidesInternalFailures() {
        var broken = new ToolRegistry(List.of(tool(() -> {
            throw new IllegalStateException("jdbc:postgresql://secret");
        })));

        assertThat(Answers.of(broken.run(new ToolContext(ada, BERLIN), new ToolCall("1", "thing", "{}"))))
                .isEqualTo("{\"error\":\"An internal error occurred.\"}");
    }

    @Test
    void refusesAResultThatIsTooLarge() {
        var largest = '"' + "x".repeat(ToolRegistry.MAX_RESULT_BYTES - 2) + '"';
        var fitting = new ToolRegistry(List.of(tool(() -> Future.succeededFuture(largest))));
        var tooLarge = new ToolRegistry(List.of(tool(() -> Future.succeededFuture(largest + ' '))));

        assertThat(Answers.of(fitting.run(new ToolContext(ada, BERLIN), new ToolCall("1", "thing", "{}"))))
                .isEqualTo(largest);
        assertThat(Answers.of(tooLarge.run(new ToolContext(ada, BERLIN), new ToolCall("1", "thing", "{}"))))
                .isEqualTo("{\"error\":\"The result is too large. Use a smaller limit.\"}");
    }

    @Test
    void looksForAnyWordIfNoMessageHasAll() {
        search.found = query -> query.q().contains(" or ");

        assertThat(run(ada, "search_messages", "{\"q\": \"trip -work \\\"to Lisbon\\\"\"}")
                        .get("match")
                        .textValue())
                .isEqualTo("any");
        assertThat(search.queries)
                .extracting(Search.Query::q)
                .containsExactly("trip -work \"to Lisbon\"", "trip or to or Lisbon");
        search.queries.clear();
        assertThat(run(ada, "search_messages", "{\"q\": \"trip\"}").get("messages"))
                .isEmpty();
        assertThat(search.queries).hasSize(1);
    }

    @Test
    void findsNothingOfItsOwnTurn() {
        var context = new ToolContext(ada, null, BERLIN, SearchFake.MESSAGE::equals);

        var result = Answers.of(tools.run(context, new ToolCall("1", "search_messages", "{\"q\": \"trip plan\"}")));

        assertThat(result).isEqualTo("{\"messages\":[],\"match\":\"any\",\"more\":false}");
    }

    /** Each character takes six in JSON. */
    @Test
    void describesATaskInFourHundredCharactersBesidesItsDescription() {
        for (var character : List.of("x", "😀", "\\u0001", "\\\"")) {
            var task = run(ada, "add_task", """
                    {"title": "%s", "due_date": "tomorrow"}""".formatted(character.repeat(255)));
            assertThat(task.toString()).hasSizeLessThanOrEqualTo(400);
            assertThat(task.get("title").textValue()).isNotEmpty();
        }
    }

    @Test
    void endsAListWhereTheResultWouldGrowTooLong() {
        for (int at = 0; at < 50; at++) add(ada, "Errand " + at);
        var titles = new ArrayList<String>();
        var cursor = "";
        do {
            var page = run(ada, "list_tasks", "{\"limit\": 50, \"cursor\": \"" + cursor + "\"}");
            assertThat(page.toString()).hasSizeLessThanOrEqualTo(6000);
            titles.addAll(titles(page));
            cursor = page.path("next_cursor").asText("");
        } while (!cursor.isEmpty());

        assertThat(titles).hasSize(50).doesNotHaveDuplicates().startsWith("Errand 49");
    }

    @Test
    void listsOneTaskEvenIfItIsTooLong(Bus bus) {
        var narrow = new ToolRegistry(bus, NOW, 10);
        add(ada, "Book");
        add(ada, "Pack");

        var page = (ObjectNode) StrictJson.parse(Buffer.buffer(
                Answers.of(narrow.run(new ToolContext(ada, BERLIN), new ToolCall("1", "list_tasks", "{}")))));

        assertThat(titles(page)).containsExactly("Pack");
        assertThat(page.get("next_cursor").textValue()).isNotBlank();
    }

    private interface Work {
        Future<String> run();
    }

    private static Tool tool(Work work) {
        return new Tool() {
            @Override
            public ToolDescription description() {
                return new ToolDescription("thing", "Does it.", Json.EMPTY_OBJECT);
            }

            @Override
            public Scope scope() {
                return Scope.TASKS_READ;
            }

            @Override
            public Future<String> run(ToolContext context, JsonNode json) {
                return work.run();
            }
        };
    }

    private String add(Caller caller, String title) {
        return "{\"id\": "
                + run(caller, "add_task", "{\"title\": \"" + title + "\"}").get("id") + "}";
    }

    private ObjectNode run(Caller caller, String tool, String arguments) {
        var result = Answers.of(tools.run(new ToolContext(caller, BERLIN), new ToolCall("1", tool, arguments)));
        assertThat(result).doesNotStartWith("{\"error\"");
        return (ObjectNode) StrictJson.parse(Buffer.buffer(result));
    }

    private String error(Caller caller, String tool, String arguments) {
        var result = Answers.of(tools.run(new ToolContext(caller, BERLIN), new ToolCall("1", tool, arguments)));
        return StrictJson.parse(Buffer.buffer(result)).get("error").textValue();
    }

    private static List<String> titles(JsonNode list) {
        return list.get("tasks").findValuesAsText("title");
    }
}
