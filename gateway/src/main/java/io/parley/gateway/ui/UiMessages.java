package io.parley.gateway.ui;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.MessagePart;
import io.parley.json.StrictJson;
import io.parley.kernel.Json;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stored messages as messages of the AI SDK, with the parts that a client would have made of the stream. */
final class UiMessages {
    private static final JsonNodeFactory nodes = JsonNodeFactory.instance;

    private final Map<String, ObjectNode> calls = new HashMap<>();
    private final ArrayNode parts;
    private final String base;

    /**
     * @param messages one that is no answer, or all of one answer in their order
     * @param base of the URLs of files
     */
    static ObjectNode shown(List<Message> messages, String base) {
        var first = messages.get(0);
        boolean isAnswer = first.role() == Role.ASSISTANT || first.role() == Role.TOOL;
        var shown = nodes.objectNode()
                .put("id", isAnswer ? first.id().toString() : UiIds.of(first))
                .put("role", isAnswer ? "assistant" : first.role().name().toLowerCase(Locale.ROOT));
        var metadata =
                shown.putObject("metadata").put("created_at", first.createdAt().toString());
        if (first.model() != null) metadata.put("model", first.model());
        var writer = new UiMessages(shown.putArray("parts"), base);
        messages.forEach(writer::add);
        return shown;
    }

    private UiMessages(ArrayNode parts, String base) {
        this.parts = parts;
        this.base = base;
    }

    private void add(Message message) {
        switch (message.role()) {
            case USER, SYSTEM -> addSaid(message);
            case ASSISTANT -> addStep(message);
            case TOOL -> addResult(message);
        }
    }

    private void addStep(Message message) {
        parts.addObject().put("type", "step-start");
        text("reasoning", message.reasoning());
        addSaid(message);
        for (var call : json(message.toolCalls())) addCall(call);
    }

    private void addSaid(Message message) {
        if (message.parts() == null) text("text", message.content());
        else
            for (var part : message.parts()) {
                if (part.namesFile()) addFile(part);
                else text("text", part.text());
            }
    }

    private void addFile(MessagePart part) {
        parts.addObject()
                .put("type", "file")
                .put("mediaType", part.mediaType())
                .put("filename", part.name())
                .put("url", FileUrls.of(base, part.requireFileId()));
    }

    private void text(String type, @Nullable String text) {
        if (text == null || text.isEmpty()) return;
        parts.addObject().put("type", type).put("text", text).put("state", "done");
    }

    private void addCall(JsonNode call) {
        var id = call.path("id").asText();
        var arguments = call.at("/function/arguments");
        var part = parts.addObject()
                .put("type", "dynamic-tool")
                .put(
                        "toolName",
                        call.at("/function/name").asText(call.path("name").asText()))
                .put("toolCallId", id)
                .put("state", "input-available");
        part.set("input", arguments.isTextual() ? UiParts.input(arguments.textValue()) : arguments.deepCopy());
        if (arguments.isMissingNode()) part.putObject("input");
        part.put("providerExecuted", true);
        calls.put(id, part);
    }

    private void addResult(Message message) {
        var stored = json(message.toolResults()).path(0);
        var call = calls.get(
                stored.path("tool_call_id").asText(stored.path("toolCallId").asText()));
        if (call == null) return;
        var content = message.content();
        var result = content == null ? stored.path("result") : UiParts.parsed(content);
        var error = UiParts.error(result);
        call.put("state", error == null ? "output-available" : "output-error");
        if (error != null) call.put("errorText", error);
        else if (result.isMissingNode()) call.putNull("output");
        else call.set("output", result);
    }

    private static JsonNode json(@Nullable Json json) {
        return json == null ? nodes.arrayNode() : StrictJson.parse(Buffer.buffer(json.text()));
    }
}
