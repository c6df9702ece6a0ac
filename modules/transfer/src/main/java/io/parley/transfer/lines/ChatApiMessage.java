package io.parley.transfer.lines;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Converts messages of OpenAI's chat API (POST /v1/chat/completions). They have two more roles, their content may consist of
 * parts, and the result of a tool names its call in fields of its own.
 */
final class ChatApiMessage {
    /** Returns a copy in the form of Parley's messages; a message that has that form already is not changed. */
    static ObjectNode normalised(ObjectNode json) {
        var message = json.objectNode();
        message.setAll(json);
        renameRole(message);
        joinParts(message);
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

    // Parts that are not text are kept in an unknown field, which then becomes part of the metadata.
    private static void joinParts(ObjectNode message) {
        if (!(message.get("content") instanceof ArrayNode parts)) return;
        message.put("content", text(parts));
        if (!StreamSupport.stream(parts.spliterator(), false).allMatch(ChatApiMessage::isText))
            message.set("content_parts", parts);
    }

    private static String text(ArrayNode parts) {
        return StreamSupport.stream(parts.spliterator(), false)
                .filter(ChatApiMessage::isText)
                .map(part -> part.path("text").asText())
                .collect(Collectors.joining("\n"));
    }

    private static boolean isText(JsonNode part) {
        return part.path("type").asText().equals("text") && part.path("text").isTextual();
    }

    private static void gatherToolResult(ObjectNode message) {
        if (!message.path("role").asText().equals("tool")
                || message.path("tool_results").isArray()) return;
        var result = message.putArray("tool_results").addObject();
        for (var name : new String[] {"tool_call_id", "name"}) {
            var value = message.remove(name);
            if (value != null) result.set(name, value);
        }
    }

    private ChatApiMessage() {}
}
