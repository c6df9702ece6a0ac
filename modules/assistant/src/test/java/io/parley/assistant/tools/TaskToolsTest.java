package io.parley.assistant.tools;

import static io.parley.assistant.tools.ToolScene.BERLIN;
import static io.parley.assistant.tools.ToolScene.NOW;
import static io.parley.assistant.tools.ToolScene.titles;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.grace;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.assistant.models.ToolCall;
import io.parley.contracts.tasks.Tasks;
import io.parley.json.StrictJson;
import io.parley.kernel.Bus;
import io.parley.kernel.PageRequest.Order;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BusExtension.class)
class TaskToolsTest {
    private static final TasksFake tasks = new TasksFake();

    private final ToolScene scene;

    TaskToolsTest(Bus bus) {
        scene = new ToolScene(bus);
    }

    @BeforeAll
    static void answer(Bus bus) {
        Answers.of(tasks.answer(bus));
    }

    @BeforeEach
    void clear() {
        tasks.clear();
    }

    @Test
    void addsATask() {
        var task = scene.run(ada, "add_task", """
                {"title": "Book", "description": "a window seat", "priority": "high",
                 "due_date": "2027-03-31T17:00:00+02:00"}""");

        assertThat(task.remove("id")).isNotNull();
        assertThat(task).hasToString("""
                {"title":"Book","status":"pending","priority":"high","due_date":"2027-03-31T17:00:00+02:00",\
                "description":"a window seat"}""");
    }

    @Test
    void listsOnlyTheCallersTasks() {
        scene.add(ada, "Book");
        scene.add(grace, "Write the diary");

        assertThat(titles(scene.run(ada, "list_tasks", "{}"))).containsExactly("Book");
        assertThat(titles(scene.run(grace, "list_tasks", "{}"))).containsExactly("Write the diary");
    }

    @Test
    void passesOnAllFilters() {
        scene.run(ada, "list_tasks", """
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
        scene.add(ada, "Book");
        scene.add(ada, "Pack");
        var first = scene.run(ada, "list_tasks", "{\"limit\": 1}");
        var second = scene.run(ada, "list_tasks", "{\"cursor\": " + first.get("next_cursor") + "}");

        assertThat(titles(first)).containsExactly("Pack");
        assertThat(titles(second)).containsExactly("Book");
        assertThat(second.has("next_cursor")).isFalse();
    }

    @Test
    void shortensALongDescription() {
        scene.run(ada, "add_task", "{\"title\": \"Read\", \"description\": \"" + "😀".repeat(201) + "\"}");

        assertThat(scene.run(ada, "list_tasks", "{}").at("/tasks/0/description").textValue())
                .isEqualTo("😀".repeat(200) + "…");
    }

    @Test
    void changesOnlyTheGivenFields() {
        var id = scene.run(
                        ada, "add_task", "{\"title\": \"Book\", \"priority\": \"high\", \"description\": \"a seat\"}")
                .get("id");

        var task = scene.run(ada, "update_task", "{\"id\": " + id + ", \"title\": \"Fly\", \"description\": null}");

        assertThat(task.get("title").textValue()).isEqualTo("Fly");
        assertThat(task.get("description").textValue()).isEqualTo("a seat");
        assertThat(task.get("priority").textValue()).isEqualTo("high");
    }

    @Test
    void clearsTheNamedFields() {
        var id = scene.run(
                        ada,
                        "add_task",
                        "{\"title\": \"Book\", \"due_date\": \"tomorrow\", \"description\": \"a seat\"}")
                .get("id");

        var undated = scene.run(ada, "update_task", "{\"id\": " + id + ", \"clear\": [\"due_date\"]}");
        assertThat(undated.has("due_date")).isFalse();
        assertThat(undated.get("description").textValue()).isEqualTo("a seat");
        assertThat(scene.run(ada, "update_task", "{\"id\": " + id + ", \"clear\": \"due date, Description\"}")
                        .has("description"))
                .isFalse();
    }

    @Test
    void completesATask() {
        var id = scene.add(ada, "Book");

        assertThat(scene.run(ada, "complete_task", id).get("status").textValue())
                .isEqualTo("completed");
    }

    @Test
    void deletesATaskAndReturnsIt() {
        var id = scene.add(ada, "Book");

        assertThat(scene.run(ada, "delete_task", id).at("/deleted/title").textValue())
                .isEqualTo("Book");
        assertThat(scene.error(ada, "delete_task", id)).isEqualTo("The task does not exist.");
    }

    @Test
    void leavesAnotherUsersTasksAlone() {
        var id = scene.add(ada, "Secret plan");

        for (var tool : List.of("complete_task", "delete_task"))
            assertThat(scene.error(grace, tool, id)).isEqualTo("This task belongs to another user.");
        assertThat(scene.error(grace, "update_task", id.replace("}", ", \"title\": \"Mine\"}")))
                .isEqualTo("This task belongs to another user.");
        assertThat(titles(scene.run(ada, "list_tasks", "{}"))).containsExactly("Secret plan");
    }

    /** Each character takes six in JSON. */
    @Test
    void describesATaskInFourHundredCharactersBesidesItsDescription() {
        for (var character : List.of("x", "😀", "\\u0001", "\\\"")) {
            var task = scene.run(ada, "add_task", """
                    {"title": "%s", "due_date": "tomorrow"}""".formatted(character.repeat(255)));
            assertThat(task.toString()).hasSizeLessThanOrEqualTo(400);
            assertThat(task.get("title").textValue()).isNotEmpty();
        }
    }

    @Test
    void endsAListWhereTheResultWouldGrowTooLong() {
        for (int at = 0; at < 50; at++) scene.add(ada, "Errand " + at);
        var titles = new ArrayList<String>();
        var cursor = "";
        do {
            var page = scene.run(ada, "list_tasks", "{\"limit\": 50, \"cursor\": \"" + cursor + "\"}");
            assertThat(page.toString()).hasSizeLessThanOrEqualTo(6000);
            titles.addAll(titles(page));
            cursor = page.path("next_cursor").asText("");
        } while (!cursor.isEmpty());

        assertThat(titles).hasSize(50).doesNotHaveDuplicates().startsWith("Errand 49");
    }

    @Test
    void listsOneTaskEvenIfItIsTooLong(Bus bus) {
        var narrow = new ToolRegistry(bus, NOW, 10);
        scene.add(ada, "Book");
        scene.add(ada, "Pack");

        var page = (ObjectNode) StrictJson.parse(Buffer.buffer(
                Answers.of(narrow.run(new ToolContext(ada, BERLIN), new ToolCall("1", "list_tasks", "{}")))));

        assertThat(titles(page)).containsExactly("Pack");
        assertThat(page.get("next_cursor").textValue()).isNotBlank();
    }
}
