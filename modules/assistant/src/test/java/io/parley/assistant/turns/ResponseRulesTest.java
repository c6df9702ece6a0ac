package io.parley.assistant.turns;

import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;
import static io.parley.testing.Fixtures.grace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.assistant.tools.ToolRegistry;
import io.parley.contracts.assistant.Chat.Started;
import io.parley.contracts.assistant.Responses;
import io.parley.contracts.assistant.Responses.Found;
import io.parley.contracts.assistant.Responses.Function;
import io.parley.contracts.assistant.Responses.ModelRequest;
import io.parley.contracts.assistant.Turn;
import io.parley.contracts.assistant.Turn.Status;
import io.parley.contracts.assistant.TurnEvent;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.MessageDraft;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.Json;
import io.parley.kernel.Patch;
import io.parley.storage.Database;
import io.parley.testing.Answers;
import io.parley.testing.models.ModelEvents;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Turns that programs ask for. */
class ResponseRulesTest extends LiveTurns {
    private static final Function LOOK =
            new Function("look", new Json("{\"type\":\"function\",\"function\":{\"name\":\"look\"}}"));

    ResponseRulesTest(Bus bus, Database database) {
        super(bus, database);
    }

    private static MessageDraft draft(Role role, String content) {
        return new MessageDraft(null, null, role, content, null, null, null, null, null);
    }

    private Turn respond(boolean isStored, List<String> tools, String... input) {
        said = input[input.length - 1];
        var request = new ModelRequest(
                "scripted",
                "one",
                "Be brief.",
                List.of(LOOK),
                tools,
                new Json("{\"max_tokens\":5,\"tool_choice\":\"required\"}"),
                new Json("{\"kept\":true}"));
        var drafts = Stream.of(input).map(text -> draft(Role.USER, text)).toList();
        return Answers.of(bus.ask(
                        Responses.CREATE,
                        new Responses.Create(ada, Ids.next(), adasTripPlan, Patch.absent(), drafts, request, isStored)))
                .turn();
    }

    private Found found(Caller caller, Turn turn) {
        return Answers.of(bus.ask(Responses.FIND, new Responses.Find(caller, turn.id())));
    }

    @Test
    void storesTheInputAndWhatWasAsked() throws Exception {
        var turn = respond(true, List.of(), "First", "Second");
        var exchange = nextExchange();
        exchange.begin().write(ModelEvents.answer("Fine.")).end();
        assertThat(completed(turn)).isEqualTo(Status.COMPLETED);

        assertThat(exchange.body().getInteger("max_tokens")).isEqualTo(5);
        assertThat(exchange.body().getJsonArray("tools")).hasSize(1);
        assertThat(talk.messages()).extracting(Message::content).containsExactly("First", "Second", "Fine.");
        var found = found(ada, turn);
        assertThat(found.messages()).extracting(Message::content).containsExactly("Fine.");
        assertThat(found.kept()).isEqualTo(new Json("{\"kept\": true}"));
        assertThat(Answers.of(bus.ask(Responses.INPUT, new Responses.Find(ada, turn.id())))
                        .messages())
                .extracting(Message::content)
                .containsExactly("First", "Second");
        assertThatThrownBy(() -> found(grace, turn)).hasMessageContaining("another user");
    }

    @Test
    void runsItsOwnToolsAndLeavesTheOthersToTheProgram() throws Exception {
        var turn = respond(true, List.of("add_task"), "Look, and note it");
        var exchange = nextExchange();
        exchange.begin()
                .write(ModelEvents.call(0, "a", "look", "{}")
                        + ModelEvents.call(1, "b", "add_task", "{\"title\":\"fern\"}")
                        + ModelEvents.call(2, "c", "delete_task", "{}")
                        + ModelEvents.finish("tool_calls")
                        + ModelEvents.DONE)
                .end();

        assertThat(typesToTheEnd())
                .containsExactly(
                        TurnEvent.Type.TURN_STARTED,
                        TurnEvent.Type.TOOL_CALL,
                        TurnEvent.Type.TOOL_CALL,
                        TurnEvent.Type.TOOL_RESULT,
                        TurnEvent.Type.TOOL_CALL,
                        TurnEvent.Type.TOOL_RESULT,
                        TurnEvent.Type.TURN_COMPLETED);
        assertThat(find(turn).finishReason()).isEqualTo("tool_calls");
        var messages = found(ada, turn).messages();
        assertThat(messages).extracting(Message::role).containsExactly(Role.ASSISTANT, Role.TOOL, Role.TOOL);
        assertThat(messages.get(0).metadata().text()).contains("\"client_calls\":[\"a\"]");
        assertThat(messages.get(2).content()).contains("no such tool");
    }

    @Test
    void leavesNoTraceOfWhatIsNotStored() throws Exception {
        var turn = respond(false, List.of(), "Quietly");
        nextExchange().begin().write(ModelEvents.answer("Sh.")).end();
        var outcome = nextOutcome();

        assertThat(outcome.turn().id()).isEqualTo(turn.id());
        assertThat(outcome.turn().status()).isEqualTo(Status.COMPLETED);
        assertThat(outcome.messages()).extracting(Message::content).containsExactly("Quietly", "Sh.");
        assertThat(talk.messages()).isEmpty();
        assertThatThrownBy(() -> find(turn)).hasMessageContaining("does not exist");
    }

    @Test
    void endsWhatIsNotStoredIfNobodyWaitsForIt() throws Exception {
        var turn = respond(false, List.of(), "For nobody");
        var exchange = nextExchange();
        exchange.begin().write(ModelEvents.text("Well"));
        bus.publish(Responses.ABANDONED, new Responses.Abandoned(turn.id()));
        assertThat(nextOutcome().turn().status()).isEqualTo(Status.CANCELLED);
        Answers.of(exchange.closed());
    }

    @Test
    void isTheSameTurnUnderTheSameId() throws Exception {
        var request =
                new ModelRequest("scripted", "one", null, List.of(), List.of(), Json.EMPTY_OBJECT, Json.EMPTY_OBJECT);
        said = "Once";
        var command = new Responses.Create(
                ada, Ids.next(), adasTripPlan, Patch.absent(), List.of(draft(Role.USER, "Once")), request, true);
        Started first = Answers.of(bus.ask(Responses.CREATE, command));
        nextExchange().begin().write(ModelEvents.answer("Fine.")).end();
        nextOutcome();
        assertThat(first.isRepeated()).isFalse();
        assertThat(Answers.of(bus.ask(Responses.CREATE, command)).isRepeated()).isTrue();
        assertThat(talk.messages()).hasSize(2);
    }

    @Test
    void namesTheToolsThatThereAre() {
        assertThat(new ToolRegistry(bus, Clock.systemUTC(), 6000).descriptions())
                .extracting(tool -> tool.name())
                .containsExactlyInAnyOrderElementsOf(Responses.TOOLS);
    }
}
