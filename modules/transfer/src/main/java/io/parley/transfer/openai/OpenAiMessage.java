package io.parley.transfer.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.transfer.sources.Attachments;
import io.parley.transfer.sources.SourceFields;
import java.util.Set;

/**
 * Converts messages of OpenAI's chat API (POST /v1/chat/completions) and of servers that resemble it. They have two more
 * roles, their content may consist of parts or be spoken, and the result of a tool names its call in fields of its own.
 */
public final class OpenAiMessage {
    private static final Set<String> TEXTS = Set.of("text", "input_text", "output_text", "refusal");
    private static final Set<String> FILES =
            Set.of("image_url", "input_image", "input_audio", "file", "input_file", "image", "document");

    /** Returns a copy in the form of Parley's messages; a message that has that form already is not changed. */
    public static ObjectNode normalised(ObjectNode json) {
        var message = json.objectNode();
        message.setAll(json);
        renameRole(message);
        joinParts(message);
        useSpokenOrRefused(message);
        renameReasoning(message);
        replaceFunctionCall(message);
        gatherToolResult(message);
        return message;
    }

    private static void renameRole(ObjectNode message) {
        switch (message.path("role").asText()) {
            case "developer" -> message.put("role", "system");
            case "function" -> message.put("role", "tool");
            default -> {}
        }
    }

    // Parts of other kinds are kept in an unknown field, which then becomes part of the metadata.
    private static void joinParts(ObjectNode message) {
        if (!(message.get("content") instanceof ArrayNode parts)) return;
        var texts = message.arrayNode();
        var attachments = message.arrayNode();
        var others = message.arrayNode();
        var thoughts = message.arrayNode();
        for (var part : parts) {
            var type = part.path("type").asText();
            if (part.isTextual()) texts.add(part);
            else if (TEXTS.contains(type) && text(part) != null) texts.add(text(part));
            else if (type.equals("thinking") && part.path("thinking").isTextual()) thoughts.add(part.path("thinking"));
            else if (FILES.contains(type)) attachments.add(Attachments.of(part));
            else others.add(part);
        }
        message.put("content", joined(texts));
        if (!attachments.isEmpty() && !message.has("attachments")) message.set("attachments", attachments);
        if (!others.isEmpty()) message.set("content_parts", others);
        if (!thoughts.isEmpty() && !message.hasNonNull("reasoning")) message.put("reasoning", joined(thoughts));
    }

    private static JsonNode text(JsonNode part) {
        return part.path("text").isTextual() ? part.path("text") : part.get("refusal");
    }

    private static String joined(ArrayNode texts) {
        return String.join("\n", SourceFields.texts(texts));
    }

    private static void useSpokenOrRefused(ObjectNode message) {
        if (!message.path("content").asText("").isEmpty()) return;
        var transcript = SourceFields.text(message.path("audio"), "transcript");
        var refusal = SourceFields.text(message, "refusal");
        if (transcript != null) message.put("content", transcript);
        else if (refusal != null) message.put("content", refusal).remove("refusal");
    }

    private static void renameReasoning(ObjectNode message) {
        if (message.hasNonNull("reasoning")) return;
        var reasoning = message.remove("reasoning_content");
        if (reasoning != null) message.set("reasoning", reasoning);
    }

    // The form of 2023, which has no ids.
    private static void replaceFunctionCall(ObjectNode message) {
        if (!(message.get("function_call") instanceof ObjectNode call) || message.hasNonNull("tool_calls")) return;
        message.remove("function_call");
        message.putArray("tool_calls")
                .addObject()
                .put("id", call.path("name").asText())
                .put("type", "function")
                .set("function", call);
    }

    private static void gatherToolResult(ObjectNode message) {
        if (!message.path("role").asText().equals("tool")
                || message.path("tool_results").isArray()) return;
        var result = message.putArray("tool_results").addObject();
        for (var name : new String[] {"tool_call_id", "name"}) {
            var value = message.remove(name);
            if (value != null) result.set(name, value);
        }
        // As in replaceFunctionCall.
        if (!result.has("tool_call_id") && result.has("name")) result.set("tool_call_id", result.get("name"));
    }

    private OpenAiMessage() {}
}
