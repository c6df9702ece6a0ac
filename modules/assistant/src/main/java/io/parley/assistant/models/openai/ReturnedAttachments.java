package io.parley.assistant.models.openai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.assistant.models.Prompt.Attached;
import io.parley.assistant.models.openai.reply.Attachments;
import java.util.List;
import java.util.Objects;

/** Puts what a provider attached to its message back in its place. */
final class ReturnedAttachments {
    static void addTo(ObjectNode message, Attached attached) {
        var attachments = Attachments.of(attached.state());
        message.setAll(attachments.message());
        if (message.get("tool_calls") instanceof ArrayNode calls) addTo(calls, attachments.calls());
        var reasoning = Objects.requireNonNullElse(attached.reasoning(), "");
        // Also an empty one: DeepSeek refuses a call without the member that it sent.
        for (var name : attachments.reasoningNames()) message.put(name, reasoning);
        addToContent(message, attachments.inContent(), reasoning);
    }

    // If calls were left out, nobody knows which ones the members belong to.
    private static void addTo(ArrayNode calls, List<ObjectNode> members) {
        if (calls.size() != members.size()) return;
        for (int at = 0; at < calls.size(); at++)
            if (calls.get(at) instanceof ObjectNode call) call.setAll(members.get(at));
    }

    private static void addToContent(ObjectNode message, Attachments.InContent place, String reasoning) {
        var text = message.path("content").asText("");
        switch (place) {
            case NOT -> {}
            case TAGS -> message.put("content", "<think>" + reasoning + "</think>" + text);
            case PART -> {
                var parts = message.putArray("content");
                parts.addObject()
                        .put("type", "thinking")
                        .putArray("thinking")
                        .addObject()
                        .put("type", "text")
                        .put("text", reasoning);
                if (!text.isEmpty()) parts.addObject().put("type", "text").put("text", text);
            }
        }
    }

    private ReturnedAttachments() {}
}
