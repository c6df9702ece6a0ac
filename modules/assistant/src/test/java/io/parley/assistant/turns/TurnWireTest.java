package io.parley.assistant.turns;

import static io.parley.testing.Fixtures.ada;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.assistant.Turn;
import io.parley.contracts.assistant.Turn.Status;
import io.parley.contracts.assistant.Turn.Usage;
import io.parley.contracts.assistant.TurnEvent;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Message.Role;
import io.parley.kernel.Bus;
import io.parley.kernel.Ids;
import io.parley.kernel.Json;
import io.parley.storage.Database;
import io.parley.testing.Answers;
import io.parley.testing.models.ModelEvents;
import io.parley.testing.models.ModelScript;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of a model's reply in a turn: its end, its reasoning, its usage and what its provider attached. */
class TurnWireTest extends LiveTurns {
    private static final String LIST = ModelEvents.call(0, "c1", "list_tasks", "{}") + ModelEvents.finish("tool_calls");

    TurnWireTest(Bus bus, Database database) {
        super(bus, database);
    }

    @ParameterizedTest
    @CsvSource({
        "stop, stop,",
        "END_TURN, stop,",
        "length, length, length",
        "MAX_TOKENS, length, length",
        "content_filter, content_filter, content_filter",
        "RECITATION, content_filter, content_filter",
        "odd_reason, odd_reason,"
    })
    void showsWhyTheLastReplyEnded(String told, String shown, String incomplete) throws Exception {
        model.plays(ModelScript.stream(
                ModelEvents.text("It stops in the mid"), ModelEvents.finish(told), ModelEvents.DONE));

        var turn = find(ended(start("Tell me")));

        assertThat(turn).returns(Status.COMPLETED, Turn::status).returns(shown, Turn::finishReason);
        assertThat(turn.userMessageId()).isEqualTo(talk.messages().get(0).id());
        assertThat(talk.messages().get(1).metadata())
                .isEqualTo(new Json(
                        incomplete == null ? "{}" : "{\"status\":\"incomplete\",\"reason\":\"" + incomplete + "\"}"));
        var last = events(turn, 0);
        assertThat(last.get(last.size() - 1).data().text()).contains("\"finish_reason\":\"" + shown + "\"");
    }

    static List<Arguments> failures() {
        return List.of(
                Arguments.of(ModelScript.status(401), "key_refused"),
                Arguments.of(ModelScript.status(429, "Retry-After", "3600"), "rate_limited"),
                Arguments.of(ModelScript.status(400), "refused"),
                Arguments.of(ModelScript.status(500), "provider_error"),
                Arguments.of(ModelScript.stream(ModelEvents.error("no")), "provider_error"),
                Arguments.of(ModelScript.stream(ModelEvents.finish("error"), ModelEvents.DONE), "provider_error"),
                Arguments.of((ModelScript) exchange -> exchange.cut(), "unreachable"),
                Arguments.of(ModelScript.status(408), "timeout"),
                Arguments.of(ModelScript.cutAfter(ModelEvents.role()), "broken_off"),
                Arguments.of(ModelScript.stream(ModelEvents.finish("stop"), ModelEvents.DONE), "empty"),
                Arguments.of(ModelScript.stream(ModelEvents.text("x".repeat(2_000_000))), "too_large"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void saysWhatWentWrong(ModelScript script, String code) throws Exception {
        model.plays(script);

        var turn = find(ended(start("Hello")));

        assertThat(turn).returns(Status.FAILED, Turn::status).returns(code, Turn::errorCode);
        assertThat(turn.error()).isNotBlank().doesNotContain(ModelScript.PROVIDERS_OWN_WORDS);
    }

    @Test
    void keepsTheBeginningOfAReplyThatIsTooLarge() throws Exception {
        model.plays(ModelScript.stream(ModelEvents.text("x".repeat(2_000_000))));

        ended(start("Hello"));

        assertThat(talk.messages().get(1).content()).isEqualTo("x".repeat(200_000));
        assertThat(talk.messages().get(1).metadata())
                .isEqualTo(new Json("{\"status\":\"incomplete\",\"reason\":\"failed\"}"));
    }

    @Test
    void needsNoTextAfterToolResults() throws Exception {
        model.plays(
                ModelScript.stream(LIST, ModelEvents.DONE),
                ModelScript.stream(ModelEvents.finish("stop"), ModelEvents.DONE));

        var turn = find(ended(start("Look")));

        assertThat(turn).returns(Status.COMPLETED, Turn::status).returns("stop", Turn::finishReason);
        assertThat(talk.messages()).extracting(Message::role).containsExactly(Role.USER, Role.ASSISTANT, Role.TOOL);
    }

    @Test
    void sumsTheUsageOfAllRounds() throws Exception {
        var details = "{\"choices\":[],\"usage\":{\"prompt_tokens\":100,\"completion_tokens\":50,"
                + "\"prompt_tokens_details\":{\"cached_tokens\":80},"
                + "\"completion_tokens_details\":{\"reasoning_tokens\":40}}}";
        model.plays(
                ModelScript.stream(LIST, ModelEvents.data(new JsonObject(details)), ModelEvents.DONE),
                ModelScript.stream(ModelEvents.usage(7, 1), ModelEvents.text("Half"), ModelEvents.error("no")));

        var turn = find(ended(start("Look")));

        assertThat(turn.status()).isEqualTo(Status.FAILED);
        assertThat(turn.usage()).isEqualTo(new Usage(107, 51, 80, 0, 40, 0));
    }

    @Test
    void keepsReasoningApartFromTheAnswer() throws Exception {
        model.plays(ModelScript.stream(
                ModelEvents.text("<thi"),
                ModelEvents.text("nk>Let me "),
                ModelEvents.text("see.</th"),
                ModelEvents.text("ink>\n\nAll done."),
                ModelEvents.finish("stop"),
                ModelEvents.DONE));

        var turn = ended(start("Think"));

        assertThat(talk.messages().get(1))
                .returns("All done.", Message::content)
                .returns("Let me see.", Message::reasoning);
        assertThat(text(turn, TurnEvent.Type.REASONING_DELTA)).isEqualTo("Let me see.");
        assertThat(text(turn, TurnEvent.Type.CONTENT_DELTA)).isEqualTo("All done.");
    }

    private String text(Turn turn, TurnEvent.Type type) {
        var text = new StringBuilder();
        for (var event : events(turn, 0))
            if (event.type() == type) text.append(new JsonObject(event.data().text()).getString("text"));
        return text.toString();
    }

    @Test
    void sendsWhatAProviderAttachedBackToItInTheSameTurnAndInLaterOnes() throws Exception {
        var attached = callAnswered("scripted");

        ended(startWith("scripted", "Again"));
        assertThat(callSent()).isEqualTo(attached);
        ended(startWith("other", "Elsewhere"));
        assertThat(callSent().fieldNames()).containsExactlyInAnyOrder("id", "type", "function");
        ended(startWith("scripted", "Back again"));
        assertThat(callSent()).isEqualTo(attached);
        assertThat(talk.messages().toString()).doesNotContain("c2ln");
    }

    private JsonObject callAnswered(String provider) throws Exception {
        var call = new JsonObject(
                "{\"index\":0,\"id\":\"g\",\"type\":\"function\",\"function\":{\"name\":"
                        + "\"list_tasks\",\"arguments\":\"{}\"},\"extra_content\":{\"google\":{\"thought_signature\":\"c2ln\"}}}");
        model.plays(ModelScript.stream(ModelEvents.calls(call), ModelEvents.finish("tool_calls"), ModelEvents.DONE));
        model.always(ModelScript.answer("Yes"));
        ended(startWith(provider, "What is there to do?"));
        var sent = callSent();
        assertThat(sent.getJsonObject("extra_content")).isEqualTo(call.getJsonObject("extra_content"));
        return sent;
    }

    @Test
    void sendsReasoningBackOnlyWithToolCallsAndUnderItsName() throws Exception {
        model.plays(ModelScript.stream(
                ModelEvents.delta(new JsonObject().put("reasoning_content", "I must ")),
                ModelEvents.delta(new JsonObject().put("reasoning_content", "look.")),
                LIST,
                ModelEvents.DONE));
        model.always(ModelScript.stream(
                ModelEvents.delta(
                        new JsonObject().put("reasoning_content", "Easy.").put("content", "Nothing.")),
                ModelEvents.finish("stop"),
                ModelEvents.DONE));

        ended(startWith("scripted", "What is there to do?"));
        ended(startWith("scripted", "Sure?"));

        var sent = lastSent().stream()
                .filter(message -> message.getString("role").equals("assistant"))
                .toList();
        assertThat(sent).hasSize(2);
        assertThat(sent.get(0).getString("reasoning_content")).isEqualTo("I must look.");
        assertThat(sent.get(1).fieldNames()).containsExactlyInAnyOrder("role", "content");
    }

    private Turn startWith(String provider, String content) {
        said = content;
        return Answers.of(ask(ada, Ids.next(), content, provider, "one")).turn();
    }

    private static Turn ended(Turn turn) throws InterruptedException {
        typesToTheEnd();
        return turn;
    }

    private JsonObject callSent() {
        return lastSent().stream()
                .filter(message -> message.containsKey("tool_calls"))
                .findFirst()
                .orElseThrow()
                .getJsonArray("tool_calls")
                .getJsonObject(0);
    }

    /** The messages of the last request. */
    private List<JsonObject> lastSent() {
        var exchange = Answers.of(model.next());
        while (model.hasNext()) exchange = Answers.of(model.next());
        var messages = new ArrayList<JsonObject>();
        exchange.body().getJsonArray("messages").forEach(message -> messages.add((JsonObject) message));
        return messages;
    }
}
