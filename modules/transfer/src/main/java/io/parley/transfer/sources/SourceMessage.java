package io.parley.transfer.sources;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.MessagePart;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message as the document has it: no text is cut yet.
 *
 * @param id in the document; need not be a UUID
 * @param parentId the {@link #id} of the message that it follows; if null, or not the id of a message before it, it follows
 *     the previous one, unless it is a root
 * @param isRoot whether it is at the beginning of the conversation
 * @param parts of a message of Parley's that had files; null for all others
 * @param reasoning what the model thought before it answered
 * @param metadata what has no place of its own
 */
public record SourceMessage(
        @Nullable String id,
        @Nullable String parentId,
        boolean isRoot,
        Role role,
        @Nullable String content,
        @Nullable List<MessagePart> parts,
        @Nullable String reasoning,
        @Nullable Integer tokenCount,
        @Nullable String model,
        @Nullable ArrayNode toolCalls,
        @Nullable ArrayNode toolResults,
        ObjectNode metadata,
        @Nullable Feedback feedback,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt) {}
