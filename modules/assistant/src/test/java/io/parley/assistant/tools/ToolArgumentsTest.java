package io.parley.assistant.tools;

import static io.parley.testing.Fixtures.ada;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.assistant.models.ToolCall;
import io.parley.json.StrictJson;
import io.parley.kernel.Bus;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
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

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Clock NOW = Clock.fixed(Instant.parse("2026-11-25T09:00:00Z"), ZoneOffset.UTC);

    private final ToolRegistry tools;

    ToolArgumentsTest(Bus bus) {
        tools = new ToolRegistry(bus, NOW, 6000);
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                Arguments.of("add_task", "{}", "title is required"),
                Arguments.of("add_task", "", "title is required"),
                Arguments.of("add_task", "{\"title\": null}", "title is required"),
                Arguments.of("add_task", "{\"title\": 7}", "title must be of type string"),
                Arguments.of("add_task", "{\"title\": \"\"}", "title must be at least 1 character long"),
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
                Arguments.of(
                        "add_task",
                        "{\"title\": \"x\", \"user_id\": \"y\"}",
                        "user_id is not an argument of this tool; it has: title, description, priority, due_date"),
                Arguments.of(
                        "add_task",
                        "{\"title\": \"x\", \"priority\": \"urgent\"}",
                        "priority must be one of low, medium, high"),
                Arguments.of("add_task", "{\"title\": \"x\", \"priority\": 3}", "priority must be of type string"),
                Arguments.of(
                        "add_task",
                        due("soon"),
                        "due_date \"soon\" is not a date that I understand; today is Wed 2026-11-25 in Europe/Berlin, and a date is"),
                Arguments.of(
                        "add_task", due("2027-02-30"), "due_date \"2027-02-30\" is not a date that exists; today is"),
                Arguments.of(
                        "add_task", due("2027-02-30T00:00:00Z"), "due_date \"2027-02-30T00:00:00Z\" is not a date"),
                Arguments.of(
                        "add_task",
                        due("2027-03-28T02:30:00"),
                        "due_date \"2027-03-28T02:30:00\" is not a time that exists"),
                Arguments.of("add_task", due("every monday"), "due_date \"every monday\" recurs"),
                Arguments.of("add_task", due("3/4"), "due_date \"3/4\" can mean two dates"),
                Arguments.of(
                        "add_task", due("9999-12-31T23:59:59-01:00"), "due_date \"9999-12-31T23:59:59-01:00\" is not"),
                Arguments.of("add_task", due("x".repeat(101)), "due_date must be at most 100 characters"),
                Arguments.of("add_task", "[]", "not valid: must be of type object"),
                Arguments.of("add_task", "\"buy milk\"", "not valid: must be of type object"),
                Arguments.of("add_task", "{\"title\": \"x\"", "not valid: is not valid JSON"),
                Arguments.of("add_task", "title: x", "not valid: is not valid JSON"),
                Arguments.of("add_task", "{\"title\": \"x\"} {}", "not valid: is not valid JSON"),
                Arguments.of("add_task", "{\"title\": \"x\", \"title\": \"y\"}", "title must not be repeated"),
                Arguments.of(
                        "list_tasks", "{\"status\": \"done\"}", "status must be one of open, pending, in_progress"),
                Arguments.of("list_tasks", "{\"limit\": 51}", "limit must be at most 50"),
                Arguments.of("list_tasks", "{\"limit\": 0}", "limit must be at least 1"),
                Arguments.of("list_tasks", "{\"limit\": \"five\"}", "limit must be of type integer"),
                Arguments.of("list_tasks", "{\"overdue\": \"maybe\"}", "overdue must be of type boolean"),
                Arguments.of("list_tasks", "{\"limit\": 1.5}", "limit must be of type integer"),
                Arguments.of("list_tasks", "{\"limit\": 99999999999999999999}", "limit must be at most 50"),
                Arguments.of("list_tasks", "{\"cursor\": \"2\"}", "cursor must be the next_cursor of a previous page"),
                Arguments.of("list_tasks", "{\"due_before\": \"later\"}", "due_before \"later\" is not a date"),
                Arguments.of("list_conversations", "{\"limit\": 21}", "limit must be at most 20"),
                Arguments.of(
                        "list_conversations", "{\"q\": \"x\", \"cursor\": \"2\"}", "cursor must be the next_cursor"),
                Arguments.of("read_conversation", "{}", "id is required"),
                Arguments.of("read_conversation", "{" + ID + ", \"limit\": 51}", "limit must be at most 50"),
                Arguments.of("read_conversation", "{" + ID + ", \"cursor\": \"x\"}", "cursor must be the next_cursor"),
                Arguments.of("update_task", "{\"title\": \"x\"}", "id is required"),
                Arguments.of(
                        "update_task", "{" + ID + "}", "not valid: must contain at least one field besides the id"),
                Arguments.of(
                        "update_task",
                        "{" + ID + ", \"title\": null, \"status\": null, \"due_date\": \"\"}",
                        "must contain at least one field besides the id"),
                Arguments.of(
                        "update_task", "{" + ID + ", \"clear\": [\"title\"]}", "must be one of due_date, description"),
                Arguments.of("update_task", "{" + ID + ", \"clear\": {}}", "clear must be of type array"),
                Arguments.of(
                        "update_task",
                        "{" + ID + ", \"clear\": [\"due_date\"], \"due_date\": \"today\"}",
                        "clear must not name a field that is set as well"),
                Arguments.of("update_task", "{\"id\": \"2\", \"title\": \"x\"}", "id must be a UUID"),
                Arguments.of("complete_task", "{}", "id is required"),
                Arguments.of("complete_task", "{\"id\": \"buy milk\"}", "id must be a UUID"),
                Arguments.of("complete_task", "{\"id\": 2}", "id must be of type string"),
                Arguments.of("delete_task", "{\"title\": null}", "id is required"),
                Arguments.of(
                        "delete_task",
                        "{" + ID + ", \"all\": true}",
                        "all is not an argument of this tool; it has: id"),
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
                Arguments.of(
                        "list_tasks",
                        "{\"limit\": \"5\", \"status\": \"In Progress\", \"priority\": \"High\", \"overdue\": \"True\"}"),
                Arguments.of(
                        "list_tasks",
                        "{\"limit\": 5.0, \"status\": \"\", \"q\": \"\", \"cursor\": \"\", \"due_after\": \"\"}"),
                Arguments.of("list_tasks", "{\"limit\": null, \"status\": null, \"user\": null, \"due_before\": null}"),
                Arguments.of(
                        "add_task",
                        "{\"title\": \"a\", \"description\": null, \"priority\": null, \"due_date\": null}"),
                Arguments.of("add_task", due("tomorrow")),
                Arguments.of("add_task", due("Tomorrow at 5 p.m.")),
                Arguments.of("add_task", due("2027-03-31")),
                Arguments.of("add_task", due("2027-03-31T17:00")),
                Arguments.of("add_task", due("2027-03-31 17:00:30")),
                Arguments.of("add_task", due("2027-03-31T17:00Z")),
                Arguments.of("update_task", "{" + ID + ", \"description\": null, \"priority\": \"LOW\"}"),
                Arguments.of("update_task", "{" + ID + ", \"clear\": [null, \"due_date\"]}"),
                Arguments.of("list_conversations", "{\"q\": null, \"limit\": \"20\"}"),
                Arguments.of("list_conversations", "{\"q\": \"trip\"}"),
                Arguments.of("read_conversation", "{" + ID + ", \"limit\": 50}"),
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
        var result = Answers.of(tools.run(new ToolContext(ada, BERLIN), new ToolCall("1", tool, arguments)));
        return StrictJson.parse(Buffer.buffer(result)).get("error").textValue();
    }
}
