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
 * @param instructions for the model in every turn; they follow the user's. Null if there are none
 * @param provider that answers if a turn names neither provider nor model; null for the first one that has the model
 * @param model the provider's name for it; null for the provider's first model, or for the user's default if the provider is
 *     null as well
 * @param encrypted whether its texts and those of its messages are stored encrypted; never changes
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
        @Nullable String instructions,
        @Nullable String provider,
        @Nullable String model,
        @Nullable UUID currentLeaf,
        boolean encrypted,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant deletedAt)
        implements Resource {
    /** One that is not encrypted. */
    public Conversation(
            UUID id,
            UUID userId,
            @Nullable String title,
            @Nullable String description,
            Json metadata,
            @Nullable String instructions,
            @Nullable String provider,
            @Nullable String model,
            @Nullable UUID currentLeaf,
            Instant createdAt,
            Instant updatedAt,
            @Nullable Instant deletedAt) {
        this(
                id,
                userId,
                title,
                description,
                metadata,
                instructions,
                provider,
                model,
                currentLeaf,
                false,
                createdAt,
                updatedAt,
                deletedAt);
    }
}
