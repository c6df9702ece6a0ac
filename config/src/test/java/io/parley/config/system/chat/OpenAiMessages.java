package io.parley.config.system.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.config.system.client.Json;

/** Converts messages between OpenAI's chat format and that of this API. */
public final class OpenAiMessages {

    public static String draft(JsonNode recorded) {
        var draft = Json.object();
        draft.set("role", recorded.get("role"));
        draft.set("content", recorded.get("content"));
        if (recorded.has("tool_calls")) draft.set("tool_calls", recorded.get("tool_calls"));
        if (recorded.has("tool_call_id")) {
            var result = draft.putArray("tool_results").addObject();
            result.set("tool_call_id", recorded.get("tool_call_id"));
            result.set("name", recorded.get("name"));
        }
        return draft.toString();
    }

    public static JsonNode recorded(JsonNode message) {
        ObjectNode recorded = Json.object();
        recorded.set("role", message.get("role"));
        recorded.set("content", message.get("content"));
        if (!message.get("tool_calls").isNull()) recorded.set("tool_calls", message.get("tool_calls"));
        if (!message.get("tool_results").isNull())
            recorded.setAll((ObjectNode) message.get("tool_results").get(0));
        return recorded;
    }

    private OpenAiMessages() {}
}
