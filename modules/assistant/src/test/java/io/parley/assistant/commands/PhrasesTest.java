package io.parley.assistant.commands;

import static io.parley.testing.Fixtures.ada;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.assistant.models.ModelReply;
import io.parley.assistant.models.Prompt;
import io.parley.assistant.tools.TasksFake;
import io.parley.assistant.tools.ToolRegistry;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.tasks.Tasks;
import io.parley.json.StrictJson;
import io.parley.kernel.Bus;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What people write, and what becomes of it. It is Wednesday 2026-11-25, 10:00 in Berlin. */
@ExtendWith(BusExtension.class)
class PhrasesTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Clock NOW =
            Clock.fixed(ZonedDateTime.of(2026, 11, 25, 10, 0, 0, 0, BERLIN).toInstant(), ZoneId.of("Asia/Tokyo"));

    private static final TasksFake tasks = new TasksFake();

    private final OfflineCommands commands;
    private final FakeConversation talk;

    PhrasesTest(Vertx vertx, Bus bus) {
        commands = new OfflineCommands(vertx, NOW);
        talk = new FakeConversation(commands, new ToolRegistry(bus, NOW, 6000), ada, BERLIN);
    }

    @BeforeAll
    static void answer(Bus bus) {
        Answers.of(tasks.answer(bus));
    }

    @BeforeEach
    void clear() {
        tasks.clear();
    }

    static Stream<Arguments> add() {
        return PhraseTable.rows("add", 4);
    }

    static Stream<Arguments> ask() {
        return PhraseTable.rows("ask", 2);
    }

    static Stream<Arguments> list() {
        return PhraseTable.rows("list", 2);
    }

    static Stream<Arguments> change() {
        return PhraseTable.rows("change", 2);
    }

    static Stream<Arguments> say() {
        return PhraseTable.rows("say", 2);
    }

    static Stream<Arguments> search() {
        return PhraseTable.rows("search", 2);
    }

    @ParameterizedTest
    @MethodSource("add")
    void adds(String said, String title, @Nullable String due, @Nullable String priority) {
        var answer = talk.say(said);

        var added = (Tasks.Create) tasks.received.get(0);
        assertThat(added.draft().title()).isEqualTo(title);
        var time =
                added.draft().dueDate() == null ? null : added.draft().dueDate().time();
        assertThat(time == null ? null : time.atZone(BERLIN).toLocalDateTime().toString())
                .isEqualTo(due);
        assertThat(
                        added.draft().priority() == null
                                ? null
                                : added.draft().priority().name().toLowerCase(Locale.ROOT))
                .isEqualTo(priority);
        assertThat(answer)
                .startsWith("Added: " + title + ", " + (priority == null ? "" : priority + " priority, "))
                .contains(due == null ? "no due date" : due.replace('T', ' '));
    }

    @ParameterizedTest
    @MethodSource("ask")
    void asksBackAndChangesNothing(String said, String part) {
        var answer = talk.say(said);

        assertThat(answer).contains("?").contains("\"" + part + "\"");
        assertThat(tasks.received)
                .filteredOn(request -> !(request instanceof Tasks.ListMine))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("list")
    void lists(String said, String arguments) {
        assertThat(reply(said).toolCalls()).singleElement().satisfies(call -> {
            assertThat(call.name()).isEqualTo("list_tasks");
            assertThat(json(call.arguments())).isEqualTo(json(arguments));
        });
    }

    /** There are the open tasks milk, Write the report and Call Ann, and the completed task bread. */
    @ParameterizedTest
    @MethodSource("change")
    void changes(String said, String answer) {
        for (var setUp : List.of(
                "add bread", "complete bread", "add Call Ann", "add Write the report", "add milk", "list tasks"))
            talk.say(setUp);

        assertThat(talk.say(said)).startsWith(answer);
    }

    @ParameterizedTest
    @MethodSource("say")
    void answersWithoutATool(String said, String answer) {
        assertThat(reply(said).toolCalls()).isEmpty();
        assertThat(reply(said).text()).startsWith(answer);
    }

    @ParameterizedTest
    @MethodSource("search")
    void searches(String said, String q) {
        assertThat(reply(said).toolCalls()).singleElement().satisfies(call -> {
            assertThat(call.name()).isEqualTo("search_messages");
            assertThat(json(call.arguments()).get("q").asText()).isEqualTo(q);
        });
    }

    @Test
    void asksForOneCommandOnOneLine() {
        assertThat(reply("add a\n\n  add b ").text()).contains("?").contains("\"add b\"");
        assertThat(reply("\n add a \n").toolCalls()).hasSize(1);
        assertThat(reply("add " + "word ".repeat(100_000)).text())
                .contains("?")
                .contains("\"add word")
                .contains("too long");
    }

    private ModelReply reply(String said) {
        var line = new Prompt.Line(Role.USER, said, null, null);
        var prompt = new Prompt(OfflineCommands.MODEL, List.of(line), List.of(), BERLIN);
        return Answers.of(commands.generate(prompt, piece -> {}).reply());
    }

    private static JsonNode json(String text) {
        return StrictJson.parse(Buffer.buffer(text));
    }
}
