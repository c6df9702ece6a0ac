package io.parley.assistant.tools;

import static io.parley.testing.Fixtures.ada;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.assistant.models.ToolCall;
import io.parley.json.StrictJson;
import io.parley.kernel.Bus;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.vertx.core.buffer.Buffer;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Nobody answers on the bus here, so that valid arguments show by the error for that. */
@ExtendWith(BusExtension.class)
class ToolArgumentsTest {
    private static final String ID = "\"id\": \"01900000-0000-7000-8000-00000000ada0\"";

    private final ToolRegistry tools;

    ToolArgumentsTest(Bus bus) {
        tools = new ToolRegistry(bus);
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                Arguments.of("add_task", "{}", "title is required"),
                Arguments.of("add_task", "", "title is required"),
                Arguments.of("add_task", "{\"title\": null}", "title must be of type string"),
                Arguments.of("add_task", "{\"title\": 7}", "title must be of type string"),
                Arguments.of("add_task", "{\"title\": \"\"}", "title must be at least 1 characters long"),
                Arguments.of(
                        "add_task",
                        "{\"title\": \"" + "x".repeat(256) + "\"}",
                        "title must be at most 255 characters long"),
                Arguments.of(
                        "add_task",
                        "{\"title\": \"a\\u0000b\"}",
                        "title must not contain a NUL character or an unpaired surrogate"),
                Arguments.of(
                        "add_task",
                        "{\"title\": \"x\", \"description\": \"" + "x".repeat(20_001) + "\"}",
                        "description must be at most 20000 characters long"),
                Arguments.of("add_task", "{\"title\": \"x\", \"user_id\": \"y\"}", "user_id is not a recognised field"),
                Arguments.of(
                        "add_task",
                        "{\"title\": \"x\", \"priority\": \"urgent\"}",
                        "priority must be one of low, medium, high"),
                Arguments.of(
                        "add_task",
                        "{\"title\": \"x\", \"priority\": 3, \"due_date\": \"soon\"}",
                        "due_date must be an RFC 3339 time"),
                Arguments.of("add_task", due("tomorrow"), "due_date must be an RFC 3339 time"),
                Arguments.of("add_task", due("2027-03-31"), "due_date must be an RFC 3339 time"),
                Arguments.of("add_task", due("2027-02-30T00:00:00Z"), "due_date must be an RFC 3339 time"),
                Arguments.of("add_task", due("2027-03-31T17:00:00"), "due_date must be an RFC 3339 time"),
                Arguments.of("add_task", due("9999-12-31T23:59:59-01:00"), "due_date must be an RFC 3339 time"),
                Arguments.of("add_task", "[]", "not valid: must be of type object"),
                Arguments.of("add_task", "\"buy milk\"", "not valid: must be of type object"),
                Arguments.of("add_task", "{\"title\": \"x\"", "not valid: is not valid JSON"),
                Arguments.of("add_task", "title: x", "not valid: is not valid JSON"),
                Arguments.of("add_task", "{\"title\": \"x\"} {}", "not valid: is not valid JSON"),
                Arguments.of("add_task", "{\"title\": \"x\", \"title\": \"y\"}", "title must not be repeated"),
                Arguments.of("list_tasks", "{\"status\": \"done\"}", "status must be one of pending, in_progress"),
                Arguments.of("list_tasks", "{\"limit\": 51}", "limit must be at most 50"),
                Arguments.of("list_tasks", "{\"limit\": 0}", "limit must be at least 1"),
                Arguments.of("list_tasks", "{\"limit\": \"5\"}", "limit must be of type integer"),
                Arguments.of("list_tasks", "{\"limit\": 1.5}", "limit must be of type integer"),
                Arguments.of("list_tasks", "{\"limit\": 99999999999999999999}", "limit must be at most 50"),
                Arguments.of("list_tasks", "{\"cursor\": \"2\"}", "cursor must be the next_cursor of a previous page"),
                Arguments.of("list_tasks", "{\"due_before\": \"today\"}", "due_before must be an RFC 3339 time"),
                Arguments.of("update_task", "{\"title\": \"x\"}", "id is required"),
                Arguments.of(
                        "update_task", "{" + ID + "}", "not valid: must contain at least one field besides the id"),
                Arguments.of("update_task", "{" + ID + ", \"title\": null}", "title must be of type string"),
                Arguments.of("update_task", "{" + ID + ", \"status\": null}", "status must be of type string"),
                Arguments.of("update_task", "{\"id\": \"2\", \"title\": \"x\"}", "id must be a UUID"),
                Arguments.of("complete_task", "{}", "id is required"),
                Arguments.of("complete_task", "{\"id\": \"buy milk\"}", "id must be a UUID"),
                Arguments.of("complete_task", "{\"id\": 2}", "id must be of type string"),
                Arguments.of("delete_task", "{\"title\": \"x\"}", "id is required"),
                Arguments.of("delete_task", "{" + ID + ", \"all\": true}", "all is not a recognised field"),
                Arguments.of("search_messages", "{}", "q is required"),
                Arguments.of("search_messages", "{\"q\": \"  \"}", "q must not be empty"),
                Arguments.of("search_messages", "{\"q\": \"" + "x".repeat(1001) + "\"}", "q must be at most 1000"),
                Arguments.of("search_messages", "{\"q\": \"x\", \"limit\": 21}", "limit must be at most 20"));
    }

    static Stream<Arguments> good() {
        return Stream.of(
                Arguments.of("add_task", "{\"title\": \"x\", \"due_date\": \"2027-03-31t17:00:00.123456+05:30\"}"),
                Arguments.of("add_task", "{\"title\": \"" + "😀".repeat(255) + "\"}"),
                Arguments.of("list_tasks", " { } "),
                Arguments.of("list_tasks", "{\"limit\": 50, \"status\": \"in_progress\"}"),
                Arguments.of("update_task", "{" + ID + ", \"description\": null, \"due_date\": null}"),
                Arguments.of("complete_task", "{" + ID + "}"),
                Arguments.of("delete_task", "{" + ID.toUpperCase(Locale.ROOT).replace("ID", "id") + "}"),
                Arguments.of("search_messages", "{\"q\": \"\\\"a trip\\\" -work\", \"limit\": 20}"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void namesTheInvalidArgument(String tool, String arguments, String words) {
        assertThat(error(tool, arguments))
                .startsWith("The arguments are not valid: ")
                .contains(words)
                .hasSizeLessThan(500);
    }

    @ParameterizedTest
    @MethodSource("good")
    void acceptsValidArguments(String tool, String arguments) {
        assertThat(error(tool, arguments)).isEqualTo("The service is temporarily unavailable. Try again later.");
    }

    private static String due(String date) {
        return "{\"title\": \"x\", \"due_date\": \"" + date + "\"}";
    }

    private String error(String tool, String arguments) {
        var result = Answers.of(tools.run(new ToolContext(ada, ZoneOffset.UTC), new ToolCall("1", tool, arguments)));
        return StrictJson.parse(Buffer.buffer(result)).get("error").textValue();
    }
}
