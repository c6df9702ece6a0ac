package io.parley.contracts.assistant;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One exchange in a conversation: what its owner said, and all that the assistant did about it.
 *
 * @param provider of the model; null where none is configured and the commands answer
 * @param error why it failed, in words for its owner; null unless it has
 * @param usage of all calls to the model together; null where the provider does not say
 */
public record Turn(
        UUID id,
        UUID conversationId,
        UUID userId,
        Status status,
        @Nullable String provider,
        String model,
        @Nullable String error,
        @Nullable Usage usage,
        Instant startedAt,
        @Nullable Instant finishedAt) {
    public enum Status {
        RUNNING,
        COMPLETED,
        FAILED,
        CANCELLED
    }

    /** In tokens, as the provider counts them. */
    public record Usage(int promptTokens, int completionTokens) {}
}
