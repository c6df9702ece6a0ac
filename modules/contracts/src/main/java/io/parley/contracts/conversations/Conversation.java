package io.parley.contracts.conversations;

import io.parley.kernel.Json;
import io.parley.kernel.Resource;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A conversation, without its messages.
 *
 * @param metadata a JSON object
 * @param currentLeaf the last message of the branch that lists and chat follow; null if there is no live message
 * @param updatedAt set by every update and by every message that is posted, and if the current leaf moves
 * @param deletedAt when it was moved to the trash; null if it is not there
 */
public record Conversation(
        UUID id,
        UUID userId,
        @Nullable String title,
        @Nullable String description,
        Json metadata,
        @Nullable UUID currentLeaf,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant deletedAt)
        implements Resource {}
