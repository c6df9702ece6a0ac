package io.parley.transfer.lines;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.MessageDraft;
import io.parley.json.JsonForm;
import io.parley.kernel.Json;
import io.parley.kernel.Problem;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A message in an import or export line. Unknown fields are in the metadata. */
public record MessageLine(
        @Nullable UUID id,
        @Nullable UUID parentId,
        @Nullable Role role,
        @Nullable String content,
        @Nullable String reasoning,
        @Nullable Integer tokenCount,
        @Nullable String model,
        @Nullable Json toolCalls,
        @Nullable Json toolResults,
        @Nullable Json metadata,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt) {

    private static final Set<String> FIELDS = Set.of(
            "id",
            "parent_id",
            "role",
            "content",
            "reasoning",
            "token_count",
            "model",
            "tool_calls",
            "tool_results",
            "created_at",
            "updated_at");

    /** Reads a message of an export or of OpenAI's chat API. Fails invalid, pointing into the message. */
    public static MessageLine of(JsonNode json) {
        if (!(json instanceof ObjectNode object)) throw Problem.invalid("", "must be of type object");
        var message = ChatApiMessage.normalised(object);
        requireArray(message, "tool_calls");
        requireArray(message, "tool_results");
        return JsonForm.bind(UnknownFields.toMetadata(message, FIELDS), MessageLine.class);
    }

    /** Fails invalid if this cannot be stored as a message. */
    public MessageDraft draft() {
        if (role == null) throw Problem.invalid("/role", "is required");
        return new MessageDraft(null, parentId, role, content, tokenCount, model, toolCalls, toolResults, metadata);
    }

    private static void requireArray(ObjectNode message, String name) {
        var value = message.path(name);
        if (!value.isMissingNode() && !value.isNull() && !value.isArray())
            throw Problem.invalid("/" + name, "must be of type array");
    }
}
