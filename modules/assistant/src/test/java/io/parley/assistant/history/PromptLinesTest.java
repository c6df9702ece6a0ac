package io.parley.assistant.history;

import static io.parley.assistant.history.StoredMessages.assistant;
import static io.parley.assistant.history.StoredMessages.calls;
import static io.parley.assistant.history.StoredMessages.results;
import static io.parley.assistant.history.StoredMessages.system;
import static io.parley.assistant.history.StoredMessages.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.assistant.models.Prompt.Line;
import io.parley.contracts.messages.Message;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromptLinesTest {
    private static final String CALL =
            "[{'id':'a','type':'function','function':{'name':'list_tasks','arguments':'{}'}}]";
    private static final String RESULT = "[{'tool_call_id':'a','name':'list_tasks'}]";
    private static final String EXPECTED_CALL =
            "{\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"x\\\":1}\"}}";

    /** Messages, and the roles and texts of the lines that they become. */
    static Stream<Arguments> histories() {
        return Stream.of(
                history(
                        "one system message",
                        List.of(user("a"), system("s"), assistant("b")),
                        "system i\n\ns",
                        "user a",
                        "assistant b"),
                history("users in a row", List.of(user("a"), user("b")), "system i", "user a\n\nb"),
                history(
                        "an assistant first",
                        List.of(assistant("a"), user("b")),
                        "system i",
                        "user (earlier messages left out)",
                        "assistant a",
                        "user b"),
                history(
                        "a user right after a result",
                        List.of(user("a"), calls(CALL), results("r", RESULT), user("b")),
                        "system i",
                        "user a",
                        "assistant null",
                        "tool r",
                        "assistant (no answer)",
                        "user b"),
                history(
                        "a call without a result",
                        List.of(user("a"), calls(CALL), assistant("b")),
                        "system i",
                        "user a",
                        "assistant null",
                        "tool {\"error\":\"no result\"}",
                        "assistant b"),
                history(
                        "a result with another id",
                        List.of(user("a"), calls(CALL), results("r", "[{'tool_call_id':'other'}]"), assistant("b")),
                        "system i",
                        "user a",
                        "assistant null",
                        "tool r",
                        "assistant b"),
                history(
                        "a result without an id",
                        List.of(user("a"), calls(CALL), results("r", "[{}]"), assistant("b")),
                        "system i",
                        "user a",
                        "assistant null",
                        "tool r",
                        "assistant b"),
                history(
                        "a result of no call",
                        List.of(user("a"), results("r", RESULT), assistant("b")),
                        "system i",
                        "user a\n\nResult of a tool: r",
                        "assistant b"),
                history(
                        "a result before its call",
                        List.of(user("a"), results("r", RESULT), calls(CALL), assistant("b")),
                        "system i",
                        "user a",
                        "assistant null",
                        "tool r",
                        "assistant b"),
                history(
                        "a result that comes late",
                        List.of(user("a"), calls(CALL), user("b"), results("r", RESULT), assistant("c")),
                        "system i",
                        "user a",
                        "assistant null",
                        "tool r",
                        "assistant (no answer)",
                        "user b",
                        "assistant c"),
                history(
                        "two results in one message",
                        List.of(
                                user("a"),
                                calls("[{'id':'a','name':'f'},{'id':'b','name':'g'}]"),
                                results(null, "[{'toolCallId':'b','result':2},{'toolCallId':'a','result':'one'}]"),
                                assistant("c")),
                        "system i",
                        "user a",
                        "assistant null",
                        "tool one",
                        "tool 2",
                        "assistant c"),
                history(
                        "Anthropic's results",
                        List.of(
                                user("a"),
                                calls("[{'type':'tool_use','id':'a','name':'f','input':{}}]"),
                                results(null, "[{'type':'tool_result','tool_use_id':'a','content':'r'}]"),
                                assistant("c")),
                        "system i",
                        "user a",
                        "assistant null",
                        "tool r",
                        "assistant c"),
                history(
                        "empty messages",
                        List.of(user("a"), assistant(" "), calls("[]"), user("b")),
                        "system i",
                        "user a\n\nb"));
    }

    private static Arguments history(String name, List<Message> messages, String... lines) {
        return Arguments.of(name, messages, List.of(lines));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("histories")
    void becomesWhatEveryProviderAccepts(String name, List<Message> messages, List<String> expected) {
        var lines = of(messages, "i");

        StrictProvider.accepts(lines);
        assertThat(lines).extracting(PromptLinesTest::shown).isEqualTo(expected);
    }

    private static List<Line> of(List<Message> messages, String... instructions) {
        return PromptLines.of(stored(messages), List.of(instructions), List.of());
    }

    private static List<HistoryMessage> stored(List<Message> messages) {
        return messages.stream()
                .map(message -> new HistoryMessage(message, null))
                .toList();
    }

    private static String shown(Line line) {
        return line.role().name().toLowerCase(Locale.ROOT) + " " + line.content();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{'id':'a','type':'function','function':{'name':'f','arguments':'{\\'x\\':1}'}}]",
                "[{'id':'a','type':'function','function':{'name':'f','arguments':{'x':1}}}]",
                "[{'id':'a','name':'f','args':{'x':1},'type':'tool_call'}]",
                "[{'toolCallId':'a','toolName':'f','args':{'x':1},'type':'tool-call'}]",
                "[{'toolCallId':'a','toolName':'f','input':{'x':1},'type':'tool-call'}]",
                "[{'type':'tool_use','id':'a','name':'f','input':{'x':1}}]",
                "{'id':'a','name':'f','arguments':{'x':1}}"
            })
    void readsToolCallsInEveryForm(String stored) {
        var lines = of(List.of(user("a"), calls(stored)));

        assertThat(lines.get(1).toolCalls().text()).isEqualTo("[" + EXPECTED_CALL + "]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'{'", "'[1]'", "''", "null", "7", "[1]"})
    void replacesArgumentsThatAreNoJsonObject(String arguments) {
        var stored = "[{'id':'a','type':'function','function':{'name':'f','arguments':" + arguments + "}}]";

        var lines = of(List.of(user("a"), calls(stored)));

        assertThat(lines.get(1).toolCalls().text()).contains("\"arguments\":\"{}\"");
    }

    @Test
    void keepsWhatElseAClientHasStoredWithACall() {
        var stored = "[{'id':'a','type':'function','function':{'name':'f','arguments':'{}'},'extra_content':{'x':1}}]";

        var lines = of(List.of(user("a"), calls(stored)));

        assertThat(lines.get(1).toolCalls().text()).contains("\"extra_content\":{\"x\":1}");
    }

    @Test
    void givesCallsWithoutAnIdOrWithTheSameOneNewIdsThatStayTheSame() {
        var messages = List.of(
                user("a"),
                calls("[{'name':'f'},{'id':'a','name':'f'}]"),
                results("1", "[{'tool_call_id':'a'}]"),
                calls("[{'id':'a','name':'f'}]"),
                results("2", "[{'tool_call_id':'a'}]"));

        var lines = of(messages);

        StrictProvider.accepts(lines);
        assertThat(lines).extracting(Line::content).contains("1", "2");
        assertThat(of(messages)).isEqualTo(lines);
    }

    @Test
    void putsTheSystemMessagesOfTheConversationBetweenTheInstructions() {
        var lines = PromptLines.of(stored(List.of(system("TERSE"), user("a"))), List.of("base"), List.of("FRIENDLY"));

        assertThat(lines).extracting(Line::content).containsExactly("base\n\nTERSE\n\nFRIENDLY", "a");
    }

    @Test
    void leavesRolesAsTheyAreForALenientProvider() {
        var messages = List.of(assistant("a"), user("b"), system("s"), user("c"));

        var lines = PromptLines.lenient(stored(messages), List.of("base"), List.of());

        assertThat(lines)
                .extracting(PromptLinesTest::shown)
                .containsExactly("system base", "assistant a", "user b", "system s", "user c");
    }

    @Test
    void tellsTheDayTheZoneAndTheNameButNoTime() {
        var text = SystemPrompt.base(LocalDate.parse("2026-11-29"), ZoneId.of("Europe/Berlin"), "Ada");

        assertThat(text)
                .contains("2026-11-29", "Sunday", "Europe/Berlin", "Ada")
                .doesNotContain(":00");
        assertThat(SystemPrompt.base(LocalDate.EPOCH, ZoneId.of("UTC"), null)).doesNotContain("name is");
    }

    /** Whatever clients have stored, in any order: the prompt is accepted, and no text is lost. */
    @Test
    void acceptsHistoriesOfAnyShape() {
        var random = new Random(4711);
        for (int round = 0; round < 2_000; round++) {
            var messages = new ArrayList<Message>();
            for (int at = random.nextInt(12); at >= 0; at--) messages.add(any(random, "t" + at));

            var lines = of(messages, "i");

            StrictProvider.accepts(lines);
            var prompt = lines.toString();
            for (var message : messages)
                if (message.content() != null) assertThat(prompt).contains(message.content());
        }
    }

    private static Message any(Random random, String text) {
        var id = "'" + (char) ('a' + random.nextInt(3)) + "'";
        List<Supplier<Message>> kinds = List.of(
                () -> user(text),
                () -> assistant(text),
                () -> system(text),
                () -> calls("[{'id':" + id + ",'name':'f'},{'name':'g'}]"),
                () -> results(text, "[{'tool_call_id':" + id + "}]"),
                () -> results(text, "[]"));
        return kinds.get(random.nextInt(kinds.size())).get();
    }
}
