package io.parley.contracts.messages;

import io.parley.kernel.Json;
import io.parley.kernel.Resource;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message of a conversation.
 *
 * @param parentId the message that this one follows; null only at the beginning of the conversation
 * @param content may be null or empty only if there are tool calls, a part is a file, or the role is {@code TOOL}
 * @param parts the content in pieces, with the files that it came with; null if the content is everything
 * @param reasoning what the model thought before it answered; null if it showed nothing
 * @param tokenCount as reported by the model; null if it reported none
 * @param toolCalls a JSON array of the tool calls that the model requests; only in assistant messages
 * @param toolResults a JSON array of tool results; in tool messages, and only there
 * @param metadata a JSON object
 * @param siblings as they are when the message is read; its version does not depend on them
 * @param createdAt later than that of every message posted before to the same conversation and acknowledged
 * @param deletedAt when it was moved to the trash; null if it is not there
 */
public record Message(
        UUID id,
        UUID conversationId,
        UUID userId,
        @Nullable UUID parentId,
        Role role,
        @Nullable String content,
        @Nullable List<MessagePart> parts,
        @Nullable String reasoning,
        @Nullable Integer tokenCount,
        @Nullable String model,
        @Nullable Json toolCalls,
        @Nullable Json toolResults,
        Json metadata,
        Siblings siblings,
        @Nullable Feedback feedback,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant deletedAt)
        implements Resource {
    // The stored events of a turn that an older version ran have no siblings.
    public Message {
        if (siblings == null) siblings = Siblings.ALONE;
    }

    public Message with(Siblings siblings, @Nullable Feedback feedback) {
        return new Message(
                id,
                conversationId,
                userId,
                parentId,
                role,
                content,
                parts,
                reasoning,
                tokenCount,
                model,
                toolCalls,
                toolResults,
                metadata,
                siblings,
                feedback,
                createdAt,
                updatedAt,
                deletedAt);
    }

    public enum Role {
        USER,
        ASSISTANT,
        SYSTEM,
        TOOL
    }
}
