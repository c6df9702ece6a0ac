package io.parley.contracts.conversations;

import io.parley.kernel.Json;
import io.parley.kernel.Resource;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A thread of messages, as its owner sees it.
 *
 * @param metadata a JSON object
 * @param updatedAt also moves with every message that is posted to it
 * @param deletedAt since when it lies in the trash; null while it is alive
 */
public record Conversation(
        UUID id,
        UUID userId,
        @Nullable String title,
        @Nullable String description,
        Json metadata,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant deletedAt)
        implements Resource {}
