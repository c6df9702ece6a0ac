package io.parley.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.MessageDraft;
import io.parley.json.JsonForm;
import io.parley.kernel.Json;
import io.parley.kernel.Problem;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A message as it is written elsewhere: in an export, or in the form of OpenAI's chat API, where the content may come in
 * parts and a tool's answer names its call beside it. What has no place here is kept in the metadata.
 */
record MessageForm(
        @Nullable UUID id,
        @Nullable UUID parentId,
        @Nullable Role role,
        @Nullable String content,
        @Nullable Integer tokenCount,
        @Nullable String model,
        @Nullable Json toolCalls,
        @Nullable Json toolResults,
        @Nullable Json metadata,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt) {

    private static final Set<String> PLACES = Set.of(
            "id",
            "parent_id",
            "role",
            "content",
            "token_count",
            "model",
            "tool_calls",
            "tool_results",
            "created_at",
            "updated_at");

    /** Fails invalid, pointing into the message. */
    static MessageForm of(JsonNode json) {
        if (!(json instanceof ObjectNode object)) throw Problem.invalid("", "must be of type object");
        var message = object.objectNode();
        message.setAll(object);
        renameRole(message);
        joinParts(message);
        gatherResults(message);
        requireArray(message, "tool_calls");
        requireArray(message, "tool_results");
        return JsonForm.bind(Members.settled(message, PLACES), MessageForm.class);
    }

    /** Fails invalid where it can be no message. */
    MessageDraft draft() {
        if (role == null) throw Problem.invalid("/role", "is required");
        return new MessageDraft(null, parentId, role, content, tokenCount, model, toolCalls, toolResults, metadata);
    }

    private static void renameRole(ObjectNode message) {
        switch (message.path("role").asText()) {
            case "developer" -> message.put("role", "system");
            case "function" -> message.put("role", "tool");
            default -> {}
        }
    }

    private static void joinParts(ObjectNode message) {
        if (!(message.get("content") instanceof ArrayNode parts)) return;
        message.put("content", text(parts));
        if (!StreamSupport.stream(parts.spliterator(), false).allMatch(MessageForm::isText))
            message.set("content_parts", parts);
    }

    private static String text(ArrayNode parts) {
        return StreamSupport.stream(parts.spliterator(), false)
                .filter(MessageForm::isText)
                .map(part -> part.path("text").asText())
                .collect(Collectors.joining("\n"));
    }

    private static boolean isText(JsonNode part) {
        return part.path("type").asText().equals("text") && part.path("text").isTextual();
    }

    private static void gatherResults(ObjectNode message) {
        if (!message.path("role").asText().equals("tool")
                || message.path("tool_results").isArray()) return;
        var result = message.putArray("tool_results").addObject();
        for (var name : new String[] {"tool_call_id", "name"}) {
            var value = message.remove(name);
            if (value != null) result.set(name, value);
        }
    }

    private static void requireArray(ObjectNode message, String name) {
        var value = message.path(name);
        if (!value.isMissingNode() && !value.isNull() && !value.isArray())
            throw Problem.invalid("/" + name, "must be of type array");
    }
}
