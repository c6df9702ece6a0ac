package io.parley.contracts.assistant;

import io.parley.kernel.Ids;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One exchange in a conversation: a message of the user and everything that the assistant does to answer it.
 *
 * @param userMessageId the message that it answers; of an earlier turn if the answer is generated again
 * @param provider of the model; null if the offline commands answer
 * @param error why the turn failed, written for its owner; null unless the status is failed
 * @param usage of all requests to the model together; null if the provider does not report it
 */
public record Turn(
        UUID id,
        UUID conversationId,
        UUID userId,
        UUID userMessageId,
        Status status,
        @Nullable String provider,
        String model,
        @Nullable String error,
        @Nullable Usage usage,
        Instant startedAt,
        @Nullable Instant finishedAt) {
    /** The id of the message with this number in the order in which a turn stores them; the user's has the number 0. */
    public static UUID messageId(UUID turnId, int number) {
        return Ids.within(turnId, "message " + number);
    }

    /** Whether it answers a message that another turn has stored. */
    public boolean answersAgain() {
        return !userMessageId.equals(messageId(id, 0));
    }

    public enum Status {
        RUNNING,
        COMPLETED,
        FAILED,
        CANCELLED
    }

    /** In tokens, as the provider counts them. */
    public record Usage(int promptTokens, int completionTokens) {}
}
