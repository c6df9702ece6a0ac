package io.parley.assistant.tools;

import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;
import static io.parley.testing.Fixtures.grace;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.assistant.models.ToolCall;
import io.parley.assistant.models.ToolDescription;
import io.parley.contracts.tasks.Tasks;
import io.parley.json.StrictJson;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Json;
import io.parley.kernel.PageRequest.Order;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BusExtension.class)
class ToolRegistryTest {
    private static final TasksFake tasks = new TasksFake();
    private static final SearchFake search = new SearchFake();

    private final ToolRegistry tools;

    ToolRegistryTest(Bus bus) {
        tools = new ToolRegistry(bus);
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
    }

    @Test
    void addsATask() {
        var task = run(ada, "add_task", """
                {"title": "Book", "description": "a window seat", "priority": "high",
                 "due_date": "2027-03-31T17:00:00+02:00"}""");

        assertThat(task.remove("id")).isNotNull();
        assertThat(task).hasToString("""
                {"title":"Book","description":"a window seat","status":"pending","priority":"high",\
                "due_date":"2027-03-31T15:00:00Z","completed_at":null,"created_at":"1970-01-01T00:00:00Z"}""");
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
                {"status": "in_progress", "priority": "low", "due_after": "2027-01-01T00:00:00Z",
                 "due_before": "2027-02-01T00:00:00Z", "q": "book", "limit": 7}""");

        var query = (Tasks.ListMine) tasks.received.get(0);
        assertThat(query.filter()).hasToString("""
                Filter[status=IN_PROGRESS, priority=LOW, conversationId=null, dueBefore=2027-02-01T00:00:00Z, \
                dueAfter=2027-01-01T00:00:00Z, q=book]""");
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
        assertThat(second.get("next_cursor").isNull()).isTrue();
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
        assertThat(task.get("description").isNull()).isTrue();
        assertThat(task.get("priority").textValue()).isEqualTo("high");
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
                "created_at":"1970-01-01T00:00:00Z"}],"more":false}""".formatted(SearchFake.MESSAGE, adasTripPlan));
        assertThat(search.queries.get(0).q()).isEqualTo("trip");
        assertThat(search.queries.get(0).limit()).isEqualTo(10);
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

        assertThat(Answers.of(broken.run(new ToolContext(ada, ZoneOffset.UTC), new ToolCall("1", "thing", "{}"))))
                .isEqualTo("{\"error\":\"An internal error occurred.\"}");
    }

    @Test
    void refusesAResultThatIsTooLarge() {
        var largest = '"' + "x".repeat(ToolRegistry.MAX_RESULT_BYTES - 2) + '"';
        var fitting = new ToolRegistry(List.of(tool(() -> Future.succeededFuture(largest))));
        var tooLarge = new ToolRegistry(List.of(tool(() -> Future.succeededFuture(largest + ' '))));

        assertThat(Answers.of(fitting.run(new ToolContext(ada, ZoneOffset.UTC), new ToolCall("1", "thing", "{}"))))
                .isEqualTo(largest);
        assertThat(Answers.of(tooLarge.run(new ToolContext(ada, ZoneOffset.UTC), new ToolCall("1", "thing", "{}"))))
                .isEqualTo("{\"error\":\"The result is too large. Use a smaller limit.\"}");
    }

    @Test
    void fitsADefaultListOfTheLargestTasks() {
        var widest = "\\u0001";
        for (int at = 0; at < 20; at++) run(ada, "add_task", """
                    {"title": "%s", "description": "%s"}""".formatted(widest.repeat(255), widest.repeat(20_000)));

        assertThat(run(ada, "list_tasks", "{}").get("tasks")).hasSize(20);
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
        var result = Answers.of(tools.run(new ToolContext(caller, ZoneOffset.UTC), new ToolCall("1", tool, arguments)));
        assertThat(result).doesNotStartWith("{\"error\"");
        return (ObjectNode) StrictJson.parse(Buffer.buffer(result));
    }

    private String error(Caller caller, String tool, String arguments) {
        var result = Answers.of(tools.run(new ToolContext(caller, ZoneOffset.UTC), new ToolCall("1", tool, arguments)));
        return StrictJson.parse(Buffer.buffer(result)).get("error").textValue();
    }

    private static List<String> titles(JsonNode list) {
        return list.get("tasks").findValuesAsText("title");
    }
}
