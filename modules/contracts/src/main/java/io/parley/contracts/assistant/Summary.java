package io.parley.contracts.assistant;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A summary of the beginning of a conversation. It is valid as long as everything that it covers is on the current
 * branch, is not deleted, and has the same content.
 *
 * @param provider of the model that wrote it; null for an extractive one, as is the model
 * @param upToMessageId the last message that it covers
 * @param messageCount of the messages that it covers, from the beginning of the conversation
 * @param tokenCount of its text, as estimated
 * @param usage of the requests in which it was written; null if the provider did not report it, or if there were none
 */
public record Summary(
        UUID conversationId,
        String text,
        Kind kind,
        @Nullable String provider,
        @Nullable String model,
        UUID upToMessageId,
        int messageCount,
        int tokenCount,
        @Nullable Usage usage,
        Instant createdAt) {
    public enum Kind {
        /** A model wrote it. */
        MODEL,
        /** The first sentence of each message. */
        EXTRACTIVE
    }

    /** In tokens, as the provider counts them. */
    public record Usage(int promptTokens, int completionTokens) {
        public Usage plus(Usage other) {
            return new Usage(sum(promptTokens, other.promptTokens), sum(completionTokens, other.completionTokens));
        }

        /** All of them. */
        public int tokens() {
            return sum(promptTokens, completionTokens);
        }

        private static int sum(int one, int other) {
            return (int) Math.min(Integer.MAX_VALUE, (long) one + other);
        }
    }
}
