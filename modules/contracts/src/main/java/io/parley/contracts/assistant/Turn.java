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
 * @param finishReason why the last reply of the model ended: {@code stop}, {@code length}, {@code content_filter}, {@code
 *     tool_calls}, or another word of the provider; null if it gave none
 * @param errorCode a word for what went wrong, for programs; null unless the status is failed
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
        @Nullable String finishReason,
        @Nullable String errorCode,
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

    /**
     * In tokens, as the provider counts them; 0 if it does not report a value.
     *
     * @param promptTokens those from the cache included
     * @param completionTokens the reasoning included
     * @param overheadTokens of the turn's own summaries, which count in no other field
     */
    public record Usage(
            int promptTokens,
            int completionTokens,
            int cachedTokens,
            int cacheWriteTokens,
            int reasoningTokens,
            int overheadTokens) {
        public static final Usage NONE = new Usage(0, 0, 0, 0, 0, 0);

        public Usage plus(Usage other) {
            return new Usage(
                    sum(promptTokens, other.promptTokens),
                    sum(completionTokens, other.completionTokens),
                    sum(cachedTokens, other.cachedTokens),
                    sum(cacheWriteTokens, other.cacheWriteTokens),
                    sum(reasoningTokens, other.reasoningTokens),
                    sum(overheadTokens, other.overheadTokens));
        }

        private static int sum(int one, int other) {
            return (int) Math.min(Integer.MAX_VALUE, (long) one + other);
        }
    }
}
