package io.parley.contracts.assistant;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One exchange in a conversation: a message of the user and everything that the assistant does to answer it.
 *
 * @param provider of the model; null if the offline commands answer
 * @param error why the turn failed, written for its owner; null unless the status is failed
 * @param usage of all requests to the model together; null if the provider does not report it
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
