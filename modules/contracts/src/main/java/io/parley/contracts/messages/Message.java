package io.parley.contracts.messages;

import io.parley.kernel.Json;
import io.parley.kernel.Resource;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One message of a conversation, as its owner sees it.
 *
 * @param content null or empty only where there are tool calls
 * @param tokenCount what the model counted, where it said so
 * @param toolCalls a JSON array of what an assistant asks of tools
 * @param toolResults a JSON array of what the tools answered; every tool message has it
 * @param createdAt later than that of every message that was acknowledged before it in the same conversation
 * @param deletedAt since when it lies in the trash; null while it is alive
 */
public record Message(
        UUID id,
        UUID conversationId,
        UUID userId,
        @Nullable UUID parentId,
        Role role,
        @Nullable String content,
        @Nullable Integer tokenCount,
        @Nullable String model,
        @Nullable Json toolCalls,
        @Nullable Json toolResults,
        Json metadata,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant deletedAt)
        implements Resource {
    public enum Role {
        USER,
        ASSISTANT,
        SYSTEM,
        TOOL
    }
}
