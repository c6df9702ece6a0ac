package io.parley.gateway.ui;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.contracts.assistant.Turn;
import io.parley.contracts.assistant.TurnEvent;
import io.parley.json.StrictJson;
import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The events of a turn as chunks of the UI message stream, version 1. Clients end a stream that has a chunk of another type.
 *
 * @see <a href="https://ai-sdk.dev/docs/ai-sdk-ui/stream-protocol">AI SDK: stream protocols</a>
 */
final class UiChunks {
    private static final String TEXT = "text";
    private static final String REASONING = "reasoning";

    private final Turn turn;
    private final Consumer<ObjectNode> out;

    /** What the open part is: {@link #TEXT}, {@link #REASONING}, or null. */
    private @Nullable String open;

    private int parts;
    private String lastCallsMessage = "";
    /** Whether the model has been told results, so that what comes next is another step. */
    private boolean hasResults;

    UiChunks(Turn turn, Consumer<ObjectNode> out) {
        this.turn = turn;
        this.out = out;
    }

    void read(TurnEvent event) {
        var data = StrictJson.parse(Buffer.buffer(event.data().text()));
        switch (event.type()) {
            case TURN_STARTED -> start();
            case CONTENT_DELTA -> delta(TEXT, data);
            case REASONING_DELTA -> delta(REASONING, data);
            case TOOL_CALL -> call(data);
            case TOOL_RESULT -> result(data);
            case TURN_COMPLETED -> finish(data);
            case TURN_FAILED ->
                end(chunk("error").put("errorText", data.at("/problem/detail").asText()));
            case TURN_CANCELLED -> end(chunk("abort"));
            case SUMMARY_CREATED -> {}
        }
    }

    /** In place of events that are not kept any more. */
    void forgotten() {
        start();
        end(chunk("error")
                .put("errorText", "This was answered long ago. Load the messages of the conversation again."));
    }

    private void start() {
        var start = chunk("start").put("messageId", UiIds.answer(turn.id()).toString());
        start.putObject("messageMetadata")
                .put("turn_id", turn.id().toString())
                .put("conversation_id", turn.conversationId().toString())
                .put("model", turn.model());
        out.accept(start);
        out.accept(chunk("start-step"));
    }

    private void delta(String kind, JsonNode data) {
        step();
        if (!kind.equals(open)) {
            close();
            open = kind;
            parts++;
            out.accept(part(kind + "-start"));
        }
        out.accept(part(kind + "-delta").put("delta", data.path("text").asText()));
    }

    // The answer of the model to the results of its tools is a step of its own.
    private void step() {
        if (!hasResults) return;
        hasResults = false;
        close();
        out.accept(chunk("finish-step"));
        out.accept(chunk("start-step"));
    }

    private void close() {
        if (open != null) out.accept(part(open + "-end"));
        open = null;
    }

    private ObjectNode part(String type) {
        return chunk(type).put("id", String.valueOf(parts));
    }

    private void call(JsonNode data) {
        var message = data.path("message_id").asText();
        if (message.equals(lastCallsMessage)) hasResults = false;
        lastCallsMessage = message;
        step();
        close();
        var chunk = chunk("tool-input-available")
                .put("toolCallId", data.path("id").asText())
                .put("toolName", data.path("name").asText());
        chunk.set("input", UiParts.input(data.path("arguments").asText()));
        out.accept(byParley(chunk));
    }

    private void result(JsonNode data) {
        hasResults = true;
        var result = data.path("result");
        var error = UiParts.error(result);
        var chunk = chunk(error == null ? "tool-output-available" : "tool-output-error")
                .put("toolCallId", data.path("tool_call_id").asText());
        if (error == null) chunk.set("output", result);
        else chunk.put("errorText", error);
        out.accept(byParley(chunk));
    }

    // Without the first, typed clients refuse tools that they do not know; without the second, they run them.
    private static ObjectNode byParley(ObjectNode chunk) {
        return chunk.put("dynamic", true).put("providerExecuted", true);
    }

    private void finish(JsonNode data) {
        close();
        out.accept(chunk("finish-step"));
        var finish = chunk("finish");
        var reason = data.path("finish_reason");
        if (reason.isTextual()) finish.put("finishReason", reason(reason.textValue()));
        finish.putObject("messageMetadata").set("usage", data.path("usage"));
        out.accept(finish);
    }

    private static String reason(String word) {
        return switch (word) {
            case "stop", "length" -> word;
            case "content_filter" -> "content-filter";
            case "tool_calls" -> "tool-calls";
            default -> "other";
        };
    }

    private void end(ObjectNode last) {
        close();
        out.accept(last);
    }

    private static ObjectNode chunk(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }
}
