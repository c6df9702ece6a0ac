package io.parley.assistant;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.People.ada;
import static io.parley.testing.People.adasTripPlan;
import static io.parley.testing.People.grace;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.assistant.AssistantSettings.ProviderSettings;
import io.parley.contracts.assistant.Chat;
import io.parley.contracts.assistant.Turn;
import io.parley.contracts.assistant.Turn.Status;
import io.parley.contracts.assistant.Turn.Usage;
import io.parley.contracts.assistant.TurnEvent;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Message.Role;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.Json;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.ModelEvents;
import io.parley.testing.ModelExchange;
import io.parley.testing.PostgresExtension;
import io.parley.testing.Script;
import io.parley.testing.ScriptedModel;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Turns on a real database, with a scripted model; the neighbours keep what they are told in memory. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
class TurnsTest {
    private static final String ADD_MILK = "{\"title\":\"buy milk\"}";

    private static final TalkFake talk = new TalkFake();
    private static final TasksFake tasks = new TasksFake();
    private static final BlockingQueue<TurnEvent> happened = new LinkedBlockingQueue<>();
    private static ScriptedModel model;
    private static String said = "";

    private final Bus bus;
    private final Database database;

    TurnsTest(Bus bus, Database database) {
        this.bus = bus;
        this.database = database;
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database) {
        model = ScriptedModel.start(vertx);
        var providers = List.of(
                new ProviderSettings("scripted", model.baseUrl(), List.of("one", "two"), null, false),
                new ProviderSettings("private", model.baseUrl(), List.of("three"), null, true));
        var settings = new AssistantSettings(providers, Duration.ofSeconds(30), 1000);
        Answers.of(talk.answer(bus));
        Answers.of(tasks.answer(bus));
        Answers.of(new SearchFake().answer(bus));
        Answers.of(bus.subscribe(Chat.HAPPENED, happened::add));
        Answers.of(vertx.deployVerticle(new AssistantVerticle(bus, database, settings)));
    }

    @BeforeEach
    void clear() {
        run("DELETE FROM turns");
        talk.clear();
        talk.has(adasTripPlan, ada);
        tasks.clear();
        happened.clear();
    }

    @Test
    void answersAndTellsWhileItIsMade() throws Exception {
        var turn = start("Hello, you");
        var exchange = asked();

        assertThat(next().type()).isEqualTo(TurnEvent.Type.TURN_STARTED);
        exchange.begin().write(ModelEvents.role() + ModelEvents.text("Good "));
        assertThat(next().data().text()).isEqualTo("{\"text\":\"Good \"}");
        exchange.write(ModelEvents.text("morning."));
        assertThat(next().data().text()).isEqualTo("{\"text\":\"morning.\"}");
        exchange.write(ModelEvents.finish("stop") + ModelEvents.usage(11, 3) + ModelEvents.DONE)
                .end();
        var last = next();

        assertThat(last.type()).isEqualTo(TurnEvent.Type.TURN_COMPLETED);
        assertThat(last.number()).isEqualTo(4);
        assertThat(talk.messages()).extracting(Message::content).containsExactly("Hello, you", "Good morning.");
        assertThat(talk.messages().get(1).tokenCount()).isEqualTo(3);
        assertThat(find(turn)).returns(Status.COMPLETED, Turn::status).returns(new Usage(11, 3), Turn::usage);
        assertThat(talk.conversations.get(adasTripPlan).title()).isEqualTo("Hello, you");
        assertThat(events(turn, 0)).hasSize(4);
        assertThat(events(turn, 2)).extracting(TurnEvent::number).containsExactly(3, 4);
    }

    @Test
    void runsTheToolsThatItAsksForAsTheCaller() throws Exception {
        model.plays(
                Script.stream(
                        ModelEvents.call(0, "c1", "add_task", ADD_MILK),
                        ModelEvents.call(1, "c2", "no_such_tool", "{}"),
                        ModelEvents.finish("tool_calls"),
                        ModelEvents.DONE),
                Script.answer("It is on your list."));

        var turn = start("I need milk");
        var types = typesToTheEnd();

        assertThat(types)
                .containsSubsequence(
                        TurnEvent.Type.TURN_STARTED,
                        TurnEvent.Type.TOOL_CALL,
                        TurnEvent.Type.TOOL_RESULT,
                        TurnEvent.Type.TOOL_CALL,
                        TurnEvent.Type.TOOL_RESULT,
                        TurnEvent.Type.CONTENT_DELTA,
                        TurnEvent.Type.TURN_COMPLETED);
        assertThat(find(turn).status()).isEqualTo(Status.COMPLETED);
        assertThat(tasks.ids()).hasSize(1);
        assertThat(talk.messages())
                .extracting(Message::role)
                .containsExactly(Role.USER, Role.ASSISTANT, Role.TOOL, Role.TOOL, Role.ASSISTANT);
        assertThat(talk.messages().get(3).content()).contains("error");
        assertThat(talk.messages().get(3).toolResults())
                .isEqualTo(new Json("[{\"tool_call_id\":\"c2\",\"name\":\"no_such_tool\"}]"));
    }

    @Test
    void doesNotLetTheModelAskForToolsForEver() throws Exception {
        model.always(Script.stream(
                ModelEvents.call(0, null, "list_tasks", "{}"), ModelEvents.finish("tool_calls"), ModelEvents.DONE));

        var turn = start("Loop");
        var types = typesToTheEnd();
        model.always(Script.hang());

        assertThat(types).filteredOn(TurnEvent.Type.TOOL_RESULT::equals).hasSize(Run.MAX_ROUNDS);
        assertThat(find(turn).status()).isEqualTo(Status.FAILED);
        everyCallHasAResult();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 500, 200})
    void failsWithTheProviderAndKeepsWhatWasSaid(int status) throws Exception {
        model.plays(status == 200 ? Script.garbage() : Script.status(status));

        var turn = start("Hello");
        typesToTheEnd();

        assertThat(find(turn).status()).isEqualTo(Status.FAILED);
        assertThat(find(turn).error()).isNotBlank().doesNotContain(Script.PROVIDERS_OWN_WORDS);
        assertThat(talk.messages()).extracting(Message::content).containsExactly("Hello");
        model.plays(Script.answer("Again"));
        assertThat(completed(start("Once more"))).isEqualTo(Status.COMPLETED);
    }

    @Test
    void keepsThePartThatThereIsWhenItBreaksOff() throws Exception {
        model.plays(Script.cutAfter(ModelEvents.text("Half an ")));

        var turn = start("Hello");
        typesToTheEnd();

        assertThat(find(turn).status()).isEqualTo(Status.FAILED);
        var partial = talk.messages().get(1);
        assertThat(partial.content()).isEqualTo("Half an ");
        assertThat(partial.metadata()).isEqualTo(new Json("{\"status\":\"incomplete\"}"));
    }

    @Test
    void stopsAndAbortsTheCall() throws Exception {
        var turn = start("Tell me a story");
        var exchange = asked();
        exchange.begin().write(ModelEvents.text("Once upon "));
        next();
        next();

        Answers.of(bus.ask(Chat.STOP, new Chat.Stop(ada, turn.id())));

        Answers.of(exchange.closed());
        assertThat(next().type()).isEqualTo(TurnEvent.Type.TURN_CANCELLED);
        assertThat(find(turn).status()).isEqualTo(Status.CANCELLED);
        assertThat(talk.messages().get(1).content()).isEqualTo("Once upon ");
        Answers.of(bus.ask(Chat.STOP, new Chat.Stop(ada, turn.id())));
        assertThat(find(turn).status()).isEqualTo(Status.CANCELLED);
    }

    @Test
    void hearsThatItWasStoppedOnAnotherNode() throws Exception {
        var turn = start("Tell me another story");
        var exchange = asked();
        next();

        run("UPDATE turns SET stop_requested = true");

        Answers.of(exchange.closed());
        assertThat(next().type()).isEqualTo(TurnEvent.Type.TURN_CANCELLED);
        assertThat(find(turn).status()).isEqualTo(Status.CANCELLED);
    }

    @Test
    void runsOneTurnAtATime() throws Exception {
        start("First");
        var exchange = asked();

        assertThat(problemOf(ask(ada, Ids.next(), "Second", null, null)).kind()).isEqualTo(Kind.CONFLICT);

        assertThat(talk.messages()).hasSize(1);
        exchange.begin().write(ModelEvents.answer("Done")).end();
        typesToTheEnd();
    }

    @Test
    void isTheSameTurnUnderTheSameId() throws Exception {
        var id = Ids.next();
        model.plays(Script.answer("Once"));
        var first = Answers.of(ask(ada, id, "Hello", null, null));
        typesToTheEnd();

        var again = Answers.of(ask(ada, id, "Hello", null, null));

        assertThat(first.isRepeated()).isFalse();
        assertThat(again.isRepeated()).isTrue();
        assertThat(again.turn().status()).isEqualTo(Status.COMPLETED);
        assertThat(talk.messages()).hasSize(2);
        assertThat(problemOf(ask(ada, id, "Something else", null, null)).kind()).isEqualTo(Kind.CONFLICT);
    }

    @Test
    void isNobodyElsesBusiness() throws Exception {
        model.plays(Script.answer("Secret"));
        var turn = start("Hello");
        typesToTheEnd();

        for (var asked : List.<Future<?>>of(
                ask(grace, Ids.next(), "Hello", null, null),
                bus.ask(Chat.FIND, new Chat.Find(grace, turn.id())),
                bus.ask(Chat.STOP, new Chat.Stop(grace, turn.id())),
                bus.ask(Chat.EVENTS, new Chat.ListEvents(grace, turn.id(), 0))))
            assertThat(problemOf(asked)).returns(Kind.FORBIDDEN, Problem::kind);
        assertThat(problemOf(bus.ask(Chat.FIND, new Chat.Find(ada, Ids.next()))).kind())
                .isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void usesAKeyOfTheUsersWhereThereIsOne() throws Exception {
        assertThat(problemOf(ask(ada, Ids.next(), "Hello", "private", null))
                        .faults()
                        .get(0)
                        .pointer())
                .isEqualTo("/provider");
        assertThat(problemOf(ask(ada, Ids.next(), "Hello", null, "four"))
                        .faults()
                        .get(0)
                        .pointer())
                .isEqualTo("/model");

        talk.keys.put(ada.userId(), Map.of("private", "sk-adas-own"));
        said = "Hello there";
        Answers.of(ask(ada, Ids.next(), said, "private", null));
        var exchange = asked();
        exchange.begin().write(ModelEvents.answer("Hi")).end();
        typesToTheEnd();

        assertThat(exchange.headers().get("Authorization")).isEqualTo("Bearer sk-adas-own");
        assertThat(exchange.body().getString("model")).isEqualTo("three");
        var models = Answers.of(bus.ask(Chat.MODELS, new Chat.ListModels(ada))).items();
        assertThat(models).extracting(Chat.Model::model).containsExactly("one", "two", "three");
        assertThat(Answers.of(bus.ask(Chat.MODELS, new Chat.ListModels(grace))).items())
                .extracting(Chat.Model::model)
                .containsExactly("one", "two");
    }

    @Test
    void tellsTheModelTheEndOfALongConversationAndItsBeginningsInstructions() throws Exception {
        talk.say(adasTripPlan, ada, TalkFake.draft(Role.SYSTEM, "Be kind."));
        for (int n = 0; n < 100; n++) talk.say(adasTripPlan, ada, TalkFake.draft(Role.USER, "word ".repeat(20) + n));

        start("The last");
        var exchange = asked();
        exchange.begin().write(ModelEvents.answer("Yes")).end();
        typesToTheEnd();

        var told = exchange.body().getJsonArray("messages");
        assertThat(told.getJsonObject(0).getString("content")).isEqualTo("Be kind.");
        assertThat(told.getJsonObject(told.size() - 1).getString("content")).isEqualTo("The last");
        assertThat(told.size()).isBetween(20, 50);
    }

    @Test
    void endsWhatADeadServerHasLeft() throws Exception {
        var turn = start("Hello, you");
        var exchange = asked();
        exchange.begin().write(ModelEvents.text("Half "));
        next();
        next();

        repair();

        assertThat(next().type()).isEqualTo(TurnEvent.Type.TURN_FAILED);
        assertThat(find(turn)).returns(Status.FAILED, Turn::status);
        assertThat(talk.messages()).extracting(Message::content).containsExactly("Hello, you", "Half ");
        // Whoever still runs it finds out, and leaves it as it is.
        Answers.of(exchange.closed());
        assertThat(find(turn)).returns(Status.FAILED, Turn::status);
    }

    @Test
    void doublesNothingThatWasStoredBeforeItsEvents() throws Exception {
        model.plays(Script.stream(
                ModelEvents.text("Let me see. "),
                ModelEvents.call(0, "c1", "list_tasks", "{}"),
                ModelEvents.finish("tool_calls"),
                ModelEvents.DONE));
        var turn = start("What is there to do?");
        asked();
        var exchange = asked();
        exchange.begin().write(ModelEvents.text("Nothing "));
        while (!next().data().text().contains("Nothing"))
            ;
        run("DELETE FROM turn_events WHERE number > 2");

        repair();

        Answers.of(exchange.closed());
        assertThat(typesToTheEnd()).containsExactly(TurnEvent.Type.TURN_FAILED);
        assertThat(talk.messages())
                .extracting(Message::role)
                .startsWith(Role.USER, Role.ASSISTANT, Role.TOOL)
                .hasSizeLessThanOrEqualTo(4);
        assertThat(talk.messages()).extracting(Message::content).containsOnlyOnce("Let me see. ");
        assertThat(events(turn, 0)).extracting(TurnEvent::number).containsExactly(1, 2, 3);
    }

    @Test
    void completesWhatADeadServerHasAnsweredAlready() throws Exception {
        model.plays(Script.answer("Good morning."));
        var turn = start("Hello");
        typesToTheEnd();
        run("DELETE FROM turn_events WHERE type = 'TURN_COMPLETED'");
        run("UPDATE turns SET status = 'running', finished_at = NULL");

        repair();

        var last = next();
        assertThat(last.type()).isEqualTo(TurnEvent.Type.TURN_COMPLETED);
        assertThat(last.data().text()).contains("Hello", "Good morning.");
        assertThat(find(turn).status()).isEqualTo(Status.COMPLETED);
        assertThat(talk.messages()).hasSize(2);
    }

    // As it goes once a server has been gone for long.
    private void repair() {
        run("UPDATE turns SET lease_until = now() - interval '1 minute', stop_requested = false");
        var store = new TurnStore(database);
        var stale = Answers.of(store.takeStale());
        var vertx = Vertx.vertx();
        try {
            var ending = new Ending(vertx, bus, store);
            Answers.of(new Repair(vertx, bus, stale.get(0), new TurnEventStore(database), ending).go());
        } finally {
            Answers.of(vertx.close());
        }
    }

    private void everyCallHasAResult() {
        long calls = talk.messages().stream()
                .filter(message -> message.toolCalls() != null)
                .count();
        assertThat(talk.messages().stream().filter(message -> message.role() == Role.TOOL))
                .hasSize((int) calls);
    }

    // The model has been asked in other tests as well.
    private static ModelExchange asked() {
        while (true) {
            var exchange = Answers.of(model.next());
            if (!exchange.closed().isComplete() && exchange.body().encode().contains(said)) return exchange;
        }
    }

    private Turn start(String content) {
        said = content;
        return Answers.of(ask(ada, Ids.next(), content, null, null)).turn();
    }

    private Status completed(Turn turn) throws InterruptedException {
        typesToTheEnd();
        return find(turn).status();
    }

    private Future<Chat.Started> ask(
            Caller caller, UUID id, String content, @Nullable String provider, @Nullable String named) {
        return bus.ask(Chat.START, new Chat.Start(caller, id, adasTripPlan, content, provider, named, null));
    }

    private Turn find(Turn turn) {
        return Answers.of(bus.ask(Chat.FIND, new Chat.Find(ada, turn.id())));
    }

    private List<TurnEvent> events(Turn turn, int after) {
        return Answers.of(bus.ask(Chat.EVENTS, new Chat.ListEvents(ada, turn.id(), after)))
                .events();
    }

    private static TurnEvent next() throws InterruptedException {
        var event = happened.poll(10, TimeUnit.SECONDS);
        assertThat(event).as("the next event").isNotNull();
        return event;
    }

    private static List<TurnEvent.Type> typesToTheEnd() throws InterruptedException {
        var types = new ArrayList<TurnEvent.Type>();
        do types.add(next().type());
        while (!types.get(types.size() - 1).isLast());
        return types;
    }

    private void run(String sql) {
        Answers.of(database.statement(sql).run(Parameters.none()));
    }
}
