package io.parley.transfer.lines;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.MessagePart;
import io.parley.json.JsonForm;
import io.parley.kernel.Json;
import io.parley.kernel.Problem;
import io.parley.transfer.openai.OpenAiMessage;
import io.parley.transfer.sources.Feedback;
import io.parley.transfer.sources.SourceFields;
import io.parley.transfer.sources.SourceMessage;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A message in an import or export line. Unknown fields are in the metadata. */
public record MessageLine(
        @Nullable UUID id,
        @Nullable UUID parentId,
        @Nullable Role role,
        @Nullable String content,
        @Nullable List<MessagePart> parts,
        @Nullable String reasoning,
        @Nullable Integer tokenCount,
        @Nullable String model,
        @Nullable Json toolCalls,
        @Nullable Json toolResults,
        @Nullable Json metadata,
        @Nullable Feedback feedback,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt) {

    private static final Set<String> FIELDS = Set.of(
            "id",
            "parent_id",
            "role",
            "content",
            "parts",
            "reasoning",
            "token_count",
            "model",
            "tool_calls",
            "tool_results",
            "feedback",
            "created_at",
            "updated_at");

    // Of any size, until they are stored.
    private static final List<String> FREE_FORM = List.of("tool_calls", "tool_results", "metadata");

    /**
     * Reads a message of an export or of OpenAI's chat API. Fails invalid, pointing into the message.
     *
     * @param namesParent whether it is at the beginning of the conversation if it names no parent
     */
    public static SourceMessage read(JsonNode json, boolean namesParent) {
        if (!(json instanceof ObjectNode object)) throw Problem.invalid("", "must be of type object");
        var message = OpenAiMessage.normalised(object);
        requireArray(message, "tool_calls");
        requireArray(message, "tool_results");
        var fields = UnknownFields.toMetadata(message, FIELDS);
        ObjectNode bound = fields.objectNode().setAll(fields);
        bound.remove(FREE_FORM);
        var line = JsonForm.bind(bound, MessageLine.class);
        if (line.role == null) throw Problem.invalid("/role", "is required");
        if (line.tokenCount != null && line.tokenCount < 0) throw Problem.invalid("/token_count", "must be at least 0");
        requireRole(fields, "tool_calls", line.role, Role.ASSISTANT);
        requireRole(fields, "tool_results", line.role, Role.TOOL);
        var parent = SourceFields.text(object, "parent_id");
        return new SourceMessage(
                SourceFields.text(object, "id"),
                parent,
                parent == null && namesParent,
                line.role,
                line.content,
                line.parts,
                line.reasoning,
                line.tokenCount,
                line.model,
                fields.get("tool_calls") instanceof ArrayNode calls ? calls : null,
                fields.get("tool_results") instanceof ArrayNode results ? results : null,
                (ObjectNode) fields.path("metadata"),
                line.feedback,
                line.createdAt,
                line.updatedAt);
    }

    private static void requireRole(ObjectNode message, String name, Role role, Role expected) {
        if (message.path(name).isArray() && role != expected)
            throw Problem.invalid("/" + name, "is for " + expected.name().toLowerCase(Locale.ROOT) + " messages only");
    }

    private static void requireArray(ObjectNode message, String name) {
        var value = message.path(name);
        if (!value.isMissingNode() && !value.isNull() && !value.isArray())
            throw Problem.invalid("/" + name, "must be of type array");
    }
}
