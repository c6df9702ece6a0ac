package io.parley.gateway.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.contracts.assistant.Turn;
import io.parley.contracts.assistant.TurnEvent;
import io.parley.gateway.openai.exchange.OpenAiIds;
import io.parley.gateway.openai.items.ItemWriter;
import io.parley.json.StrictJson;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The events of a turn as those of a response. The same events give the same numbers, so that a client can go on after any of
 * them.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/responses-streaming">OpenAI: streaming events</a>
 */
final class ResponseEvents {
    private static final JsonNodeFactory nodes = JsonNodeFactory.instance;

    private final UUID turnId;
    private final ObjectNode snapshot;
    private final Consumer<ObjectNode> out;
    private final Map<String, Call> calls = new HashMap<>();
    private final StringBuilder text = new StringBuilder();
    private @Nullable String openMessage;
    private @Nullable String lastCallsMessage;
    private int messageIndex;
    private int sequence;
    private int nextIndex;
    /** Of the message that the turn stores next; that of the question is 0. */
    private int number = 1;

    /** A tool that Parley runs. */
    private record Call(int index, String itemId, String name, String arguments) {}

    /**
     * @param snapshot the response as it is at its beginning
     * @param out gets each event with its type and its number
     */
    ResponseEvents(UUID turnId, ObjectNode snapshot, Consumer<ObjectNode> out) {
        this.turnId = turnId;
        this.snapshot = snapshot;
        this.out = out;
    }

    void read(TurnEvent event) {
        var data = StrictJson.parse(Buffer.buffer(event.data().text()));
        switch (event.type()) {
            case TURN_STARTED -> {
                emit("response.created", nodes.objectNode()).set("response", snapshot);
                flush();
                emit("response.in_progress", nodes.objectNode()).set("response", snapshot);
            }
            case CONTENT_DELTA -> addText(data.path("text").asText());
            case TOOL_CALL -> addCall(data);
            case TOOL_RESULT -> addResult(data);
            case TURN_COMPLETED -> closeMessage(isCutOff(data) ? "incomplete" : "completed");
            case TURN_FAILED, TURN_CANCELLED -> closeMessage("incomplete");
            case SUMMARY_CREATED, REASONING_DELTA -> {}
        }
        flush();
    }

    private static boolean isCutOff(JsonNode data) {
        var reason = data.path("finish_reason").asText();
        return reason.equals("length") || reason.equals("content_filter");
    }

    /** The last event. */
    void end(Turn turn, ObjectNode whole) {
        var type = switch (turn.status()) {
            case COMPLETED -> ResponseBody.status(turn);
            case FAILED -> "failed";
            case RUNNING, CANCELLED -> "incomplete";
        };
        emit("response." + type, nodes.objectNode()).set("response", whole);
        flush();
    }

    private void addText(String delta) {
        var id = openMessage;
        if (id == null) id = openMessage();
        text.append(delta);
        var event = part("response.output_text.delta", id);
        event.put("delta", delta).putArray("logprobs");
    }

    private String openMessage() {
        var id = OpenAiIds.of(OpenAiIds.MESSAGE, Turn.messageId(turnId, number));
        openMessage = id;
        messageIndex = nextIndex++;
        text.setLength(0);
        item("response.output_item.added", messageIndex, ItemWriter.message(id, "assistant", "in_progress"));
        part("response.content_part.added", id).set("part", ItemWriter.outputText(""));
        return id;
    }

    private void closeMessage(String status) {
        var id = openMessage;
        if (id == null) return;
        var whole = text.toString();
        part("response.output_text.done", id).put("text", whole).putArray("logprobs");
        part("response.content_part.done", id).set("part", ItemWriter.outputText(whole));
        item("response.output_item.done", messageIndex, ItemWriter.text(id, "assistant", status, whole));
        openMessage = null;
    }

    private void addCall(JsonNode data) {
        closeMessage("completed");
        var message = data.path("message_id").asText();
        if (!message.equals(lastCallsMessage)) number++;
        lastCallsMessage = message;
        boolean byClient = data.path("by_client").asBoolean();
        var id = OpenAiIds.ofCall(
                byClient ? OpenAiIds.FUNCTION_CALL : OpenAiIds.MCP_CALL,
                UUID.fromString(message),
                data.path("position").asInt());
        var name = data.path("name").asText();
        var arguments = data.path("arguments").asText();
        int index = nextIndex++;
        if (byClient) addFunctionCall(index, id, data.path("id").asText(), name, arguments);
        else addMcpCall(new Call(index, id, name, arguments), data.path("id").asText());
    }

    private void addFunctionCall(int index, String id, String callId, String name, String arguments) {
        item("response.output_item.added", index, ItemWriter.functionCall(id, callId, name, "", "in_progress"));
        call("response.function_call_arguments.delta", index, id).put("delta", arguments);
        call("response.function_call_arguments.done", index, id)
                .put("name", name)
                .put("arguments", arguments);
        item("response.output_item.done", index, ItemWriter.functionCall(id, callId, name, arguments, "completed"));
    }

    private void addMcpCall(Call call, String callId) {
        calls.put(callId, call);
        item(
                "response.output_item.added",
                call.index(),
                ItemWriter.mcpCall(call.itemId(), call.name(), "", null).put("status", "in_progress"));
        call("response.mcp_call.in_progress", call.index(), call.itemId());
        call("response.mcp_call_arguments.delta", call.index(), call.itemId()).put("delta", call.arguments());
        call("response.mcp_call_arguments.done", call.index(), call.itemId()).put("arguments", call.arguments());
    }

    private void addResult(JsonNode data) {
        number++;
        var call = calls.remove(data.path("tool_call_id").asText());
        if (call == null) return;
        var result = data.path("result").toString();
        var item = ItemWriter.mcpCall(call.itemId(), call.name(), call.arguments(), result);
        call("response.mcp_call." + item.path("status").asText(), call.index(), call.itemId());
        item("response.output_item.done", call.index(), item);
    }

    private void item(String type, int index, ObjectNode item) {
        emit(type, nodes.objectNode().put("output_index", index)).set("item", item);
    }

    private ObjectNode part(String type, String itemId) {
        return emit(
                type,
                nodes.objectNode()
                        .put("item_id", itemId)
                        .put("output_index", messageIndex)
                        .put("content_index", 0));
    }

    private ObjectNode call(String type, int index, String itemId) {
        return emit(type, nodes.objectNode().put("item_id", itemId).put("output_index", index));
    }

    private @Nullable ObjectNode pending;

    /** Its members may still be added, until the next one. */
    private ObjectNode emit(String type, ObjectNode members) {
        flush();
        var event = nodes.objectNode().put("type", type).put("sequence_number", sequence++);
        event.setAll(members);
        pending = event;
        return event;
    }

    private void flush() {
        if (pending != null) out.accept(pending);
        pending = null;
    }
}
