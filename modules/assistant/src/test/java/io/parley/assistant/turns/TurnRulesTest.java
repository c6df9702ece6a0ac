package io.parley.assistant.turns;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;
import static io.parley.testing.Fixtures.grace;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.assistant.Chat;
import io.parley.contracts.assistant.Turn;
import io.parley.contracts.assistant.Turn.Status;
import io.parley.contracts.assistant.Turn.Usage;
import io.parley.contracts.assistant.TurnEvent;
import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.limits.Quotas;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.MessageDraft;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.users.ApiKeys;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.Json;
import io.parley.kernel.PageRequest;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.storage.Database;
import io.parley.testing.Answers;
import io.parley.testing.models.ModelEvents;
import io.parley.testing.models.ModelScript;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Turns, step by step. */
class TurnRulesTest extends LiveTurns {
    private static final String ADD_MILK = "{\"title\":\"buy milk\"}";

    TurnRulesTest(Bus bus, Database database) {
        super(bus, database);
    }

    @Test
    void publishesTheAnswerWhileItIsGenerated() throws Exception {
        var turn = start("Hello, you");
        var exchange = nextExchange();

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
        assertThat(find(turn))
                .returns(Status.COMPLETED, Turn::status)
                .returns(new Usage(11, 3, 0, 0, 0, 0), Turn::usage);
        assertThat(talk.conversations.get(adasTripPlan).title()).isEqualTo("Hello, you");
        assertThat(events(turn, 0)).hasSize(4);
        assertThat(events(turn, 2)).extracting(TurnEvent::number).containsExactly(3, 4);
    }

    @Test
    void listsTheTurnsOfTheirUserAlone() throws Exception {
        var first = start("What comes first?");
        assertThat(list(ada, adasTripPlan, Status.RUNNING)).containsExactly(first.id());
        nextExchange().begin().write(ModelEvents.answer("Good morning.")).end();
        nextOutcome();
        var second = start("What comes next?");

        assertThat(list(ada, adasTripPlan, null)).containsExactly(second.id(), first.id());
        assertThat(list(ada, null, Status.RUNNING)).containsExactly(second.id());
        assertThat(list(ada, Ids.next(), null)).isEmpty();
        assertThat(list(grace, adasTripPlan, null)).isEmpty();
        nextExchange().begin().write(ModelEvents.answer("Fine.")).end();
        assertThat(nextOutcome().turn().id()).isEqualTo(second.id());
    }

    private List<UUID> list(Caller caller, @Nullable UUID conversation, @Nullable Status status) {
        var page = new PageRequest(null, 50, PageRequest.Order.DESC);
        return Answers.of(bus.ask(
                        Chat.LIST,
                        new Chat.ListMine(caller, conversation, status == null ? List.of() : List.of(status), page)))
                .items()
                .stream()
                .map(Turn::id)
                .toList();
    }

    @Test
    void countsTheTokensOfTheModel() throws Exception {
        start("Hello");
        nextExchange()
                .begin()
                .write(ModelEvents.finish("stop") + ModelEvents.usage(1100, 31) + ModelEvents.DONE)
                .end();

        assertThat(users.seesSpent(new Quotas.SpendTokens(ada.userId(), "one", 1131)))
                .isTrue();
    }

    @Test
    void startsNoTurnIfTheTokensOfItsModelAreUsedUp() {
        users.useUp("two");
        try {
            assertThat(Answers.problemOf(ask(ada, Ids.next(), "Hello", "scripted", "two"))
                            .kind())
                    .isEqualTo(Kind.LIMITED);
            assertThat(talk.messages()).isEmpty();
            var other = ask(ada, Ids.next(), "Hello again", "scripted", "one");
            assertThat(Answers.of(other).isRepeated()).isFalse();
        } finally {
            users.useUp(null);
        }
    }

    @Test
    void publishesItsOutcomeAndFindsItAgain() throws Exception {
        var turn = start("Hello");
        var exchange = nextExchange();
        assertThat(outcome(turn)).isNull();
        exchange.begin().write(ModelEvents.answer("Good morning.")).end();

        var published = nextOutcome();

        assertThat(published.turn()).isEqualTo(find(turn));
        assertThat(published.messages()).isEqualTo(talk.messages());
        assertThat(outcome(turn)).isEqualTo(published);
        run("DELETE FROM turn_events");
        assertThat(outcome(turn)).isEqualTo(published);
    }

    @Test
    void asksTheOtherModulesOnlyOnceForEachThing() throws Exception {
        talk.conversations.clear();
        talk.has(adasTripPlan, ada);
        model.plays(ModelScript.answer("Good morning."));

        start("Hello");
        nextOutcome();

        assertThat(talk.received)
                .containsExactlyInAnyOrder(
                        Conversations.Find.class,
                        ApiKeys.ListMine.class,
                        Conversations.Update.class,
                        Messages.Post.class,
                        Messages.ListConversation.class,
                        Messages.Post.class,
                        Conversations.Find.class);
    }

    @Test
    void runsToolsAsTheCaller() throws Exception {
        model.plays(
                ModelScript.stream(
                        ModelEvents.call(0, "c1", "add_task", ADD_MILK),
                        ModelEvents.call(1, "c2", "no_such_tool", "{}"),
                        ModelEvents.finish("tool_calls"),
                        ModelEvents.DONE),
                ModelScript.answer("It is on your list."));

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
    void limitsTheRoundsOfToolCalls() throws Exception {
        model.always(ModelScript.stream(
                ModelEvents.call(0, null, "list_tasks", "{}"), ModelEvents.finish("tool_calls"), ModelEvents.DONE));

        var turn = start("Loop");
        var types = typesToTheEnd();
        model.always(ModelScript.hang());

        assertThat(types).filteredOn(TurnEvent.Type.TOOL_RESULT::equals).hasSize(RunningTurn.MAX_TOOL_ROUNDS);
        assertThat(find(turn).status()).isEqualTo(Status.FAILED);
        everyCallHasAResult();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 500, 200})
    void failsWithTheProviderAndKeepsTheQuestion(int status) throws Exception {
        model.plays(status == 200 ? ModelScript.garbage() : ModelScript.status(status));

        var turn = start("Hello");
        typesToTheEnd();

        assertThat(find(turn).status()).isEqualTo(Status.FAILED);
        assertThat(find(turn).error()).isNotBlank().doesNotContain(ModelScript.PROVIDERS_OWN_WORDS);
        assertThat(talk.messages()).extracting(Message::content).containsExactly("Hello");
        model.plays(ModelScript.answer("Again"));
        assertThat(completed(start("Once more"))).isEqualTo(Status.COMPLETED);
    }

    @Test
    void keepsThePartialAnswerIfItBreaksOff() throws Exception {
        model.plays(ModelScript.cutAfter(ModelEvents.text("Half an ")));

        var turn = start("Hello");
        typesToTheEnd();

        assertThat(find(turn).status()).isEqualTo(Status.FAILED);
        var partial = talk.messages().get(1);
        assertThat(partial.content()).isEqualTo("Half an ");
        assertThat(partial.metadata()).isEqualTo(new Json("{\"status\":\"incomplete\",\"reason\":\"failed\"}"));
    }

    @Test
    void stopsAndClosesTheConnectionToTheProvider() throws Exception {
        var turn = start("Tell me a story");
        var exchange = nextExchange();
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
    void stopsIfAnotherNodeWasAskedToStopIt() throws Exception {
        var turn = start("Tell me another story");
        var exchange = nextExchange();
        next();

        run("UPDATE turns SET stop_requested = true");

        Answers.of(exchange.closed());
        assertThat(next().type()).isEqualTo(TurnEvent.Type.TURN_CANCELLED);
        assertThat(find(turn).status()).isEqualTo(Status.CANCELLED);
    }

    @Test
    void runsOneTurnAtATime() throws Exception {
        start("First");
        var exchange = nextExchange();

        assertThat(problemOf(ask(ada, Ids.next(), "Second", null, null)).kind()).isEqualTo(Kind.CONFLICT);

        assertThat(talk.messages()).hasSize(1);
        exchange.begin().write(ModelEvents.answer("Done")).end();
        typesToTheEnd();
    }

    @Test
    void repeatsATurnWithTheSameIdOnlyOnce() throws Exception {
        var id = Ids.next();
        model.plays(ModelScript.answer("Once"));
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
    void refusesOtherUsers() throws Exception {
        model.plays(ModelScript.answer("Secret"));
        var turn = start("Hello");
        typesToTheEnd();

        for (var request : List.<Future<?>>of(
                ask(grace, Ids.next(), "Hello", null, null),
                bus.ask(Chat.FIND, new Chat.Find(grace, turn.id())),
                bus.ask(Chat.OUTCOME, new Chat.FindOutcome(grace, turn.id())),
                bus.ask(Chat.STOP, new Chat.Stop(grace, turn.id())),
                bus.ask(Chat.EVENTS, new Chat.ListEvents(grace, turn.id(), 0))))
            assertThat(problemOf(request)).returns(Kind.FORBIDDEN, Problem::kind);
        assertThat(problemOf(bus.ask(Chat.FIND, new Chat.Find(ada, Ids.next()))).kind())
                .isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void usesTheUsersOwnKey() throws Exception {
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
        var exchange = nextExchange();
        exchange.begin().write(ModelEvents.answer("Hi")).end();
        typesToTheEnd();

        assertThat(exchange.headers().get("Authorization")).isEqualTo("Bearer sk-adas-own");
        assertThat(exchange.body().getString("model")).isEqualTo("three");
        var models = Answers.of(bus.ask(Chat.MODELS, new Chat.ListModels(ada))).items();
        assertThat(models).extracting(Chat.Model::model).containsExactly("one", "two", "one", "three");
        assertThat(Answers.of(bus.ask(Chat.MODELS, new Chat.ListModels(grace))).items())
                .extracting(Chat.Model::model)
                .containsExactly("one", "two", "one");
    }

    @Test
    void readsOnlySoManyBytesOfAConversation() throws Exception {
        var metadata = new Json("{\"x\":\"" + "x".repeat(50_000) + "\"}");
        for (int n = 0; n < 20; n++)
            talk.say(
                    adasTripPlan,
                    ada,
                    new MessageDraft(null, null, Role.USER, "word " + n, null, null, null, null, metadata));

        start("The last");
        var exchange = nextExchange();
        exchange.begin().write(ModelEvents.answer("Yes")).end();
        typesToTheEnd();

        var told = exchange.body().getJsonArray("messages").encode();
        assertThat(told).contains("The last", "word 19", "word 17").doesNotContain("word 16");
    }

    @Test
    void sendsTheEndOfALongConversationAndItsSystemMessages() throws Exception {
        talk.say(adasTripPlan, ada, MessagesFake.draft(Role.SYSTEM, "Be kind."));
        for (int n = 0; n < 100; n++)
            talk.say(
                    adasTripPlan,
                    ada,
                    MessagesFake.draft(n % 2 == 0 ? Role.USER : Role.ASSISTANT, "word ".repeat(20) + n));

        start("The last");
        var exchange = nextExchange();
        exchange.begin().write(ModelEvents.answer("Yes")).end();
        typesToTheEnd();

        var told = exchange.body().getJsonArray("messages");
        assertThat(told.getJsonObject(0).getString("content")).endsWith("\n\nBe kind.");
        assertThat(told.getJsonObject(told.size() - 1).getString("content")).isEqualTo("The last");
        assertThat(told.size()).isBetween(20, 50);
    }
}
