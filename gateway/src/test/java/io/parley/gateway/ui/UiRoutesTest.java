package io.parley.gateway.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.assistant.Chat;
import io.parley.contracts.assistant.Chat.Events;
import io.parley.contracts.assistant.Turn;
import io.parley.contracts.assistant.TurnEvent;
import io.parley.contracts.conversations.Conversation;
import io.parley.contracts.conversations.Conversations;
import io.parley.gateway.Fixtures;
import io.parley.gateway.TestGateway;
import io.parley.kernel.Ids;
import io.parley.kernel.Json;
import io.parley.kernel.Page;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every event of a turn as chunks for the AI SDK. */
class UiRoutesTest {
    private static final UUID TRIP = Ids.next();
    private static final Turn TURN = turn();

    private final List<TurnEvent> events = new ArrayList<>();
    private TestGateway gateway;

    @BeforeEach
    void open() {
        gateway = TestGateway.open();
        TestGateway.await(gateway.bus.answer(Conversations.FIND, find -> Future.succeededFuture(conversation())));
        TestGateway.await(
                gateway.bus.answer(Chat.LIST, list -> Future.succeededFuture(new Page<>(List.of(TURN), null))));
        TestGateway.await(gateway.bus.answer(
                Chat.EVENTS,
                list -> Future.succeededFuture(new Events(events.subList(list.after(), events.size()), false, true))));
        happens(TurnEvent.Type.TURN_STARTED, "{}");
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void separatesReasoningTextToolsAndSteps() {
        happens(TurnEvent.Type.SUMMARY_CREATED, "{\"up_to_message_id\":null}");
        happens(TurnEvent.Type.REASONING_DELTA, "{\"text\":\"Hm\"}");
        happens(TurnEvent.Type.REASONING_DELTA, "{\"text\":\".\"}");
        happens(TurnEvent.Type.CONTENT_DELTA, "{\"text\":\"Wait\"}");
        for (var call : List.of("a", "b")) {
            happens(
                    TurnEvent.Type.TOOL_CALL,
                    "{\"id\":\"" + call + "\",\"name\":\"add_task\",\"arguments\":\"{no json\",\"message_id\":\"m\"}");
            happens(
                    TurnEvent.Type.TOOL_RESULT,
                    "{\"tool_call_id\":\"" + call + "\",\"result\":{\"error\":\"No title\"}}");
        }
        happens(TurnEvent.Type.CONTENT_DELTA, "{\"text\":\"Sorry\"}");
        happens(
                TurnEvent.Type.TURN_COMPLETED,
                "{\"finish_reason\":\"content_filter\",\"usage\":{\"prompt_tokens\":1}}");

        var chunks = chunks();

        assertThat(chunks)
                .extracting(chunk -> chunk.getString("type"))
                .containsExactly(
                        "start",
                        "start-step",
                        "reasoning-start",
                        "reasoning-delta",
                        "reasoning-delta",
                        "reasoning-end",
                        "text-start",
                        "text-delta",
                        "text-end",
                        "tool-input-available",
                        "tool-output-error",
                        "tool-input-available",
                        "tool-output-error",
                        "finish-step",
                        "start-step",
                        "text-start",
                        "text-delta",
                        "text-end",
                        "finish-step",
                        "finish");
        assertThat(chunks.get(0).getString("messageId"))
                .isEqualTo(Turn.messageId(TURN.id(), 1).toString());
        assertThat(chunks.get(0).getJsonObject("messageMetadata").getString("turn_id"))
                .isEqualTo(TURN.id().toString());
        assertThat(chunks.get(9).getString("input")).isEqualTo("{no json");
        assertThat(chunks.get(10).getString("errorText")).isEqualTo("No title");
        assertThat(chunks.get(6).getString("id")).isNotEqualTo(chunks.get(15).getString("id"));
        assertThat(chunks.get(19).getString("finishReason")).isEqualTo("content-filter");
        assertThat(chunks.get(19).getJsonObject("messageMetadata").getJsonObject("usage"))
                .isNotNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            TURN_FAILED    | {"problem":{"detail":"It broke."}} | {"type":"error","errorText":"It broke."}
            TURN_CANCELLED | {}                                 | {"type":"abort"}
            TURN_COMPLETED | {"finish_reason":"length"}         | {"type":"finish","finishReason":"length"}
            TURN_COMPLETED | {"finish_reason":"tool_calls"}     | {"type":"finish","finishReason":"tool-calls"}
            TURN_COMPLETED | {"finish_reason":"odd"}            | {"type":"finish","finishReason":"other"}
            TURN_COMPLETED | {"finish_reason":null}             | {"type":"finish"}
            """)
    void endsAsTheTurnHasEnded(TurnEvent.Type type, String data, String last) {
        happens(TurnEvent.Type.CONTENT_DELTA, "{\"text\":\"Good\"}");
        happens(type, data);

        var chunks = chunks();

        assertThat(chunks).extracting(chunk -> chunk.getString("type")).contains("text-end");
        var end = chunks.get(chunks.size() - 1);
        end.remove("messageMetadata");
        assertThat(end).isEqualTo(new JsonObject(last));
    }

    private void happens(TurnEvent.Type type, String data) {
        events.add(new TurnEvent(TURN.id(), events.size() + 1, type, new Json(data)));
    }

    private List<JsonObject> chunks() {
        HttpResponse<String> answer = gateway.send(gateway.asAda("/api/v1/ui/chat/" + TRIP + "/stream"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("x-vercel-ai-ui-message-stream")).hasValue("v1");
        assertThat(answer.body()).endsWith("data: [DONE]\n\n");
        return answer.body()
                .lines()
                .filter(line -> line.startsWith("data: {"))
                .map(line -> new JsonObject(line.substring("data: ".length())))
                .toList();
    }

    private static Conversation conversation() {
        return new Conversation(
                TRIP,
                Fixtures.ADAS_ID,
                null,
                null,
                Json.EMPTY_OBJECT,
                null,
                null,
                null,
                null,
                Fixtures.NOON,
                Fixtures.NOON,
                null);
    }

    private static Turn turn() {
        return new Turn(
                Ids.next(),
                TRIP,
                Fixtures.ADAS_ID,
                Ids.next(),
                Turn.Status.RUNNING,
                null,
                "offline-commands",
                null,
                null,
                null,
                null,
                Fixtures.NOON,
                null);
    }
}
