package io.parley.assistant.commands;

import static io.parley.testing.Fixtures.ada;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.parley.assistant.models.Generation;
import io.parley.assistant.models.ModelFailure;
import io.parley.assistant.models.ModelReply;
import io.parley.assistant.models.Prompt;
import io.parley.assistant.models.ToolCall;
import io.parley.assistant.tools.SearchFake;
import io.parley.assistant.tools.TasksFake;
import io.parley.assistant.tools.ToolRegistry;
import io.parley.contracts.messages.Message.Role;
import io.parley.kernel.Bus;
import io.parley.kernel.Json;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(BusExtension.class)
class OfflineCommandsTest {
    private static final TasksFake tasks = new TasksFake();
    private static final SearchFake search = new SearchFake();

    private final Vertx vertx;
    private final OfflineCommands commands;
    private final ToolRegistry tools;
    private final FakeConversation talk;

    OfflineCommandsTest(Vertx vertx, Bus bus) {
        this.vertx = vertx;
        // Late in the evening of 29 March in New York; in UTC it is the 30th.
        commands = new OfflineCommands(
                vertx, Clock.fixed(Instant.parse("2027-03-30T03:30:00Z"), ZoneId.of("America/New_York")));
        tools = new ToolRegistry(bus);
        talk = new FakeConversation(commands, tools, ada);
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
    void addsListsCompletesAndDeletes() {
        assertThat(talk.say("list tasks")).startsWith("You have no tasks yet.");
        assertThat(talk.say("add task Buy milk")).isEqualTo("Added: Buy milk");
        assertThat(talk.say("add task Fly due 2027-04-01 !high"))
                .isEqualTo("Added: Fly, high priority, due 2027-04-01");
        assertThat(talk.say("list tasks")).isEqualTo("""
                Your tasks, newest first:
                1. [ ] Fly, high priority, due 2027-04-01
                2. [ ] Buy milk""");
        assertThat(talk.say("complete 1")).isEqualTo("Completed: Fly");
        assertThat(talk.say("delete 2")).startsWith("Deleted: Buy milk");
        assertThat(talk.say("list")).isEqualTo("""
                Your tasks, newest first:
                1. [x] Fly, high priority, due 2027-04-01""");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            add task Buy milk                             | {"title":"Buy milk"}
            ADD   Task  Buy \t  Milk                      | {"title":"Buy Milk"}
            add task Buy milk due today                   | {"title":"Buy milk","due_date":"2027-03-30T03:59:00Z"}
            add task Buy milk due tomorrow                | {"title":"Buy milk","due_date":"2027-03-31T03:59:00Z"}
            add task Buy milk DUE Tomorrow !HIGH          | {"title":"Buy milk","due_date":"2027-03-31T03:59:00Z","priority":"high"}
            add task Buy milk !low due 2027-12-24         | {"title":"Buy milk","due_date":"2027-12-25T04:59:00Z","priority":"low"}
            add task !high Buy milk                       | {"title":"Buy milk","priority":"high"}
            add task Pay what is due on Friday            | {"title":"Pay what is due on Friday"}
            add task Pay rent due friday                  | {"title":"Pay rent due friday"}
            add task Shout!high                           | {"title":"Shout!high"}
            add task Say "no"                             | {"title":"Say \\"no\\""}
            """)
    void parsesATaskToAdd(String command, String arguments) {
        var reply = reply(command);

        assertThat(reply.text()).isEmpty();
        assertThat(reply.toolCalls()).singleElement().satisfies(call -> {
            assertThat(call.name()).isEqualTo("add_task");
            assertThat(call.arguments()).isEqualTo(arguments);
            assertThat(call.id()).isNotBlank();
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            add task                          | What should I add?
            add task due tomorrow             | What should I add?
            add task !high                    | What should I add?
            add task Fly due 2027-02-30       | 2027-02-30 is not a date that exists.
            complete                          | Which task?
            delete                            | Which task?
            complete 1                        | There is no list that this number could refer to.
            search                            | What should I search for?
            more                              | There are no more tasks.
            """)
    void asksForWhatIsMissing(String command, String words) {
        var reply = reply(command);

        assertThat(reply.toolCalls()).isEmpty();
        assertThat(reply.text()).startsWith(words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello",
                "",
                "  ",
                "Could you add task Buy milk?",
                "list the tasks",
                "addtask x",
                "help me",
                "add task Buy milk\nadd task Fly"
            })
    void explainsItsCommandsIfItDoesNotUnderstand(String text) {
        var reply = reply(text);

        assertThat(reply.toolCalls()).isEmpty();
        assertThat(reply.model()).isEqualTo("offline-commands");
        assertThat(reply.text())
                .contains(
                        "No language model is configured, so I only understand these commands:",
                        "`add task",
                        "`list tasks`",
                        "`complete",
                        "`delete",
                        "`search",
                        "`help`");
    }

    @Test
    void listsItsCommandsOnHelp() {
        assertThat(talk.say(" HELP "))
                .startsWith("I am Parley's command language.")
                .contains("`add task");
    }

    @Test
    void findsTheTaskByPartOfItsTitle() {
        talk.say("add task Buy milk");
        talk.say("add task Fly to Lisbon");

        assertThat(talk.say("complete LISBON")).isEqualTo("Completed: Fly to Lisbon");
        assertThat(talk.say("complete lisbon")).isEqualTo("No open task has \"lisbon\" in its title.");
        assertThat(talk.say("delete task lisbon")).startsWith("Deleted: Fly to Lisbon");
        assertThat(talk.say("delete lisbon")).isEqualTo("No task has \"lisbon\" in its title.");
    }

    @Test
    void asksWhichTaskIfSeveralMatch() {
        talk.say("add task Buy milk");
        talk.say("add task Drink milk");
        talk.say("complete drink");
        talk.say("add task Milk the cow");

        assertThat(talk.say("complete milk")).isEqualTo("""
                Which of these? Use its number, for example: `complete 1`
                1. [ ] Milk the cow
                3. [ ] Buy milk""");
        assertThat(talk.say("complete 1")).isEqualTo("Completed: Milk the cow");
    }

    @Test
    void prefersTheTaskWithExactlyThisTitle() {
        talk.say("add task Milk");
        talk.say("add task Buy milk");

        assertThat(talk.say("complete milk")).isEqualTo("Completed: Milk");
    }

    @Test
    void readsQuotedTextAsPartOfTheTitle() {
        talk.say("add task Buy milk");
        talk.say("add task Buy 2 cows");
        talk.say("list tasks");

        assertThat(talk.say("complete \"2\"")).isEqualTo("Completed: Buy 2 cows");
    }

    @Test
    void findsTheTaskByItsId() {
        talk.say("add task Buy milk");
        var id = tasks.ids().get(0);

        assertThat(talk.say("complete " + id)).isEqualTo("Completed: Buy milk");
    }

    @Test
    void readsNumbersByTheListThatTheUserSawLast() {
        talk.say("add task Buy milk");
        talk.say("add task Fly");
        talk.say("list tasks");
        talk.say("complete fly");

        // The list that was searched for the title contains only Fly, but the user did not see it.
        assertThat(talk.say("complete #2.")).isEqualTo("Completed: Buy milk");
        assertThat(talk.say("complete 3")).isEqualTo("The last list has no task number 3.");
    }

    @Test
    void keepsTheNumbersOfAListWhenTasksChange() {
        talk.say("add task Buy milk");
        talk.say("add task Fly");
        talk.say("list tasks");
        talk.say("delete 2");

        assertThat(talk.say("delete 2")).isEqualTo("That did not work. The task does not exist.");
        assertThat(talk.say("delete 1")).startsWith("Deleted: Fly");
    }

    @Test
    void listsPageByPage() {
        for (int at = 1; at <= 21; at++) talk.say("add task Task number " + at);

        assertThat(talk.say("list tasks"))
                .contains("\n1. [ ] Task number 21\n", "\n20. [ ] Task number 2\n")
                .endsWith("Type `more` for older tasks.");
        assertThat(talk.say("more")).isEqualTo("""
                Older tasks:
                1. [ ] Task number 1""");
        assertThat(talk.say("more")).isEqualTo("There are no more tasks.");
        assertThat(talk.say("complete 1")).isEqualTo("Completed: Task number 1");
    }

    @Test
    void searchesAndLeavesOutItself() {
        search.snippet = "the <mark>trip</mark> to\nLisbon &amp; back";
        assertThat(talk.say("search trip")).isEqualTo("""
                Messages found:
                - 1969-12-31: the trip to Lisbon & back""");

        search.snippet = "Search  <mark>trip</mark>";
        assertThat(talk.say("search trip")).isEqualTo("No messages found for: trip");
    }

    @Test
    void explainsWhatAToolRefuses() {
        assertThat(talk.say("add task " + "x".repeat(256)))
                .isEqualTo(
                        "That did not work. The arguments are not valid: title must be at most 255 characters long.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nothing",
                "{}",
                "[]",
                "null",
                "{\"tasks\": null}",
                "{\"tasks\": [null]}",
                "{\"tasks\": [{}]}"
            })
    void reportsAnUnreadableResult(String result) {
        var calls = new Json("[{\"id\": \"1\", \"function\": {\"name\": \"list_tasks\"}}]");
        var lines = List.of(
                new Prompt.Line(Role.USER, "list tasks", null, null),
                new Prompt.Line(Role.ASSISTANT, null, calls, null),
                new Prompt.Line(Role.TOOL, result, null, "1"));

        assertThat(reply(lines).text()).isEqualTo("That did not work: the result of the tool could not be read.");
    }

    @Test
    void callsNoToolAgainAfterAResultWithoutCall() {
        var lines = List.of(
                new Prompt.Line(Role.USER, "complete milk", null, null),
                new Prompt.Line(Role.ASSISTANT, null, new Json("[]"), null),
                new Prompt.Line(Role.TOOL, "{\"tasks\": [], \"next_cursor\": null}", null, "7"));

        assertThat(reply(lines))
                .returns(List.of(), ModelReply::toolCalls)
                .returns("That did not work: the result of the tool could not be read.", ModelReply::text);
    }

    @Test
    void ignoresInstructions() {
        var lines = List.of(
                new Prompt.Line(Role.SYSTEM, "Speak like a pirate.", null, null),
                new Prompt.Line(Role.USER, "list tasks", null, null));

        assertThat(reply(lines).toolCalls()).extracting(ToolCall::name).containsExactly("list_tasks");
    }

    @Test
    void passesOnTheTextInPiecesInTheCallersContext() {
        List<String> pieces = new CopyOnWriteArrayList<>();
        List<Context> contexts = new CopyOnWriteArrayList<>();
        var context = vertx.getOrCreateContext();
        Promise<ModelReply> done = Promise.promise();
        context.runOnContext(start -> commands.generate(prompt(List.of(user("help"))), piece -> {
                    pieces.add(piece);
                    contexts.add(Vertx.currentContext());
                })
                .reply()
                .onComplete(done));

        var reply = Answers.of(done.future());
        assertThat(pieces).hasSizeGreaterThan(3);
        assertThat(String.join("", pieces)).isEqualTo(reply.text());
        assertThat(contexts).containsOnly(context);
    }

    @Test
    void passesOnNoTextAfterCancel() {
        List<String> pieces = new CopyOnWriteArrayList<>();
        List<Generation> generations = new ArrayList<>();
        Promise<ModelReply> done = Promise.promise();
        vertx.getOrCreateContext().runOnContext(start -> {
            var generation = commands.generate(prompt(List.of(user("help"))), piece -> {
                pieces.add(piece);
                if (pieces.size() == 2) generations.get(0).cancel();
            });
            generations.add(generation);
            generation.reply().onComplete(done);
        });

        assertThat(catchThrowable(() -> Answers.of(done.future())))
                .isInstanceOfSatisfying(
                        ModelFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(ModelFailure.Kind.CANCELLED));
        Answers.of(vertx.timer(50));
        assertThat(pieces).hasSize(2);
    }

    private ModelReply reply(String command) {
        return reply(List.of(user(command)));
    }

    private ModelReply reply(List<Prompt.Line> lines) {
        return Answers.of(commands.generate(prompt(lines), piece -> {}).reply());
    }

    private static Prompt.Line user(String text) {
        return new Prompt.Line(Role.USER, text, null, null);
    }

    private Prompt prompt(List<Prompt.Line> lines) {
        return new Prompt(OfflineCommands.MODEL, lines, tools.descriptions());
    }
}
