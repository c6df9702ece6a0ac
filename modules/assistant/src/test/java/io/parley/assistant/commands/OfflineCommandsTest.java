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
import io.parley.contracts.tasks.Task;
import io.parley.contracts.tasks.Tasks;
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
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(BusExtension.class)
class OfflineCommandsTest {
    private static final TasksFake tasks = new TasksFake();
    private static final SearchFake search = new SearchFake();

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    private final Vertx vertx;
    private final OfflineCommands commands;
    private final ToolRegistry tools;
    private final FakeConversation talk;

    OfflineCommandsTest(Vertx vertx, Bus bus) {
        this.vertx = vertx;
        // Late in the evening of 29 March in New York; in UTC it is the 30th.
        var clock = Clock.fixed(Instant.parse("2027-03-30T03:30:00Z"), ZoneOffset.UTC);
        commands = new OfflineCommands(vertx, clock);
        tools = new ToolRegistry(bus, clock, 6000);
        talk = new FakeConversation(commands, tools, ada, NEW_YORK);
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
        assertThat(talk.say("list tasks")).startsWith("You have no open tasks. Add one");
        assertThat(talk.say("add task Buy milk")).isEqualTo("Added: Buy milk, no due date");
        assertThat(talk.say("add task Fly due 2027-04-01 !high"))
                .isEqualTo("Added: Fly, high priority, due Thu 2027-04-01 23:59");
        assertThat(talk.say("list tasks")).isEqualTo("""
                Your open tasks, newest first:
                1. [ ] Fly, high priority, due Thu 2027-04-01 23:59
                2. [ ] Buy milk""");
        assertThat(talk.say("complete 1")).isEqualTo("Completed: Fly, high priority, due Thu 2027-04-01 23:59");
        assertThat(talk.say("delete 2")).startsWith("Deleted: Buy milk, no due date\n");
        assertThat(talk.say("list all tasks")).isEqualTo("""
                Your tasks, newest first:
                1. [x] Fly, high priority, due Thu 2027-04-01 23:59""");
    }

    @Test
    void asksWhichTaskIfSeveralMatch() {
        talk.say("add task Buy milk");
        talk.say("add task Drink milk");
        talk.say("complete drink");
        talk.say("add task Milk the cow");

        assertThat(talk.say("complete milk")).isEqualTo("""
                Which of these is "milk"? Use its number, for example: `complete 1`
                1. [ ] Milk the cow
                2. [ ] Buy milk""");
        assertThat(talk.say("complete 2")).startsWith("Completed: Buy milk");
    }

    @Test
    void findsTheTaskByPartOfItsTitle() {
        talk.say("add task Buy milk");
        talk.say("add task Fly to Lisbon");

        assertThat(talk.say("complete LISBON")).startsWith("Completed: Fly to Lisbon");
        assertThat(talk.say("complete lisbon"))
                .isEqualTo("Which task do you mean? No open task has \"lisbon\" in its title.");
        assertThat(talk.say("delete the task lisbon")).startsWith("Deleted: Fly to Lisbon");
        assertThat(talk.say("delete lisbon")).isEqualTo("Which task do you mean? No task has \"lisbon\" in its title.");
    }

    @Test
    void prefersTheTaskWithExactlyThisTitle() {
        talk.say("add task Milk");
        talk.say("add task Buy milk");

        assertThat(talk.say("complete milk")).startsWith("Completed: Milk,");
    }

    @Test
    void findsTheTaskByWordsInAnyOrder() {
        talk.say("add task Send the yearly report to Ann");
        talk.say("add task Report the theft");

        assertThat(talk.say("done with my report to ann")).startsWith("Completed: Send the yearly report to Ann");
        assertThat(talk.say("done with thef")).startsWith("Completed: Report the theft");
    }

    @Test
    void readsQuotedTextAsPartOfTheTitle() {
        talk.say("add task Buy milk");
        talk.say("add task Buy 2 cows");
        talk.say("list tasks");

        assertThat(talk.say("complete \"2\"")).startsWith("Completed: Buy 2 cows");
    }

    @Test
    void findsTheTaskByItsId() {
        talk.say("add task Buy milk");
        var id = tasks.ids().get(0);

        assertThat(talk.say("complete " + id)).startsWith("Completed: Buy milk");
    }

    @Test
    void readsNumbersByTheListThatTheUserSawLast() {
        talk.say("add task Buy milk");
        talk.say("add task Fly");
        talk.say("list tasks");
        talk.say("complete fly");

        // The list that was searched for the title contains only Fly, but the user did not see it.
        assertThat(talk.say("complete #2.")).startsWith("Completed: Buy milk");
        assertThat(talk.say("complete 3")).isEqualTo("Which task do you mean? The last list has no number 3.");
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
        assertThat(talk.say("complete 1")).startsWith("Completed: Task number 1,");
    }

    @Test
    void keepsTheTimeOfDayIfOnlyTheDayChanges() {
        talk.say("add task Dentist tomorrow at 17:00");

        assertThat(talk.say("push the dentist to next week")).isEqualTo("Moved: Dentist, due Tue 2027-04-06 17:00");
        assertThat(talk.say("push the dentist to next week")).isEqualTo("Moved: Dentist, due Tue 2027-04-13 17:00");
        talk.say("list tasks");
        assertThat(talk.say("move 1 to friday")).isEqualTo("Moved: Dentist, due Fri 2027-04-02 17:00");
        assertThat(talk.say("move dentist to friday at 9am")).isEqualTo("Moved: Dentist, due Fri 2027-04-02 09:00");
        assertThat(talk.say("move dentist to today")).isEqualTo("Moved: Dentist, due Mon 2027-03-29 23:59");
    }

    @Test
    void ordersByDueDateWhatIsListedByDate() {
        talk.say("add task Second due friday");
        talk.say("add task Third due saturday");
        talk.say("add task First due wednesday");

        assertThat(talk.say("tasks due this week")).isEqualTo("""
                Your open tasks due this week, by due date:
                1. [ ] First, due Wed 2027-03-31 23:59
                2. [ ] Second, due Fri 2027-04-02 23:59
                3. [ ] Third, due Sat 2027-04-03 23:59""");
        assertThat(talk.say("complete 1")).startsWith("Completed: First");
        assertThat(talk.say("how many tasks do I have?"))
                .startsWith("You have 2 open tasks, newest first:\n1. [ ] Third");
    }

    @Test
    void searches() {
        search.snippet = "the <mark>trip</mark> to\nLisbon &amp; back";
        assertThat(talk.say("search trip")).isEqualTo("""
                Messages found:
                - Wed 1969-12-31: the trip to Lisbon & back""");
    }

    @Test
    void repeatsTheFiltersOfAListOnItsNextPage() {
        for (int at = 1; at <= 21; at++) talk.say("add task Task number " + at + " !high");
        talk.say("add task Other");

        assertThat(talk.say("show high priority tasks")).contains("Type `more` for older tasks.");
        talk.say("more");
        assertThat(tasks.received.get(tasks.received.size() - 1))
                .isInstanceOfSatisfying(Tasks.ListMine.class, query -> {
                    assertThat(query.page().cursor()).isNotNull();
                    assertThat(query.filter().priority()).isEqualTo(Task.Priority.HIGH);
                    assertThat(query.filter().open()).isTrue();
                });
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

    private ModelReply reply(List<Prompt.Line> lines) {
        return Answers.of(commands.generate(prompt(lines), piece -> {}).reply());
    }

    private static Prompt.Line user(String text) {
        return new Prompt.Line(Role.USER, text, null, null);
    }

    private Prompt prompt(List<Prompt.Line> lines) {
        return new Prompt(OfflineCommands.MODEL, lines, tools.descriptions(), NEW_YORK);
    }
}
