package io.parley.assistant.turns;

import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.assistant.Chat;
import io.parley.contracts.assistant.Turn;
import io.parley.contracts.assistant.Turn.Status;
import io.parley.contracts.assistant.Turn.Usage;
import io.parley.contracts.assistant.TurnEvent;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Message.Role;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Json;
import io.parley.kernel.PageRequest;
import io.parley.storage.Database;
import io.parley.testing.Answers;
import io.parley.testing.models.ModelEvents;
import io.parley.testing.models.ModelScript;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a turn publishes and stores while it is answered, and how it ends. */
class TurnAnswersTest extends LiveTurns {
    private static final String ADD_MILK = "{\"title\":\"buy milk\"}";

    TurnAnswersTest(Bus bus, Database database) {
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
        assertThat(conversations.get(adasTripPlan).title()).isEqualTo("Hello, you");
        assertThat(events(turn, 0)).hasSize(4);
        assertThat(events(turn, 2)).extracting(TurnEvent::number).containsExactly(3, 4);
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
}
