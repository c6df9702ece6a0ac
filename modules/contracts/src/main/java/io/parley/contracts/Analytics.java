package io.parley.contracts;

import io.parley.kernel.Address;
import io.parley.kernel.Caller;
import io.parley.kernel.Problem;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How much was done, counted from the rows as they are: what is deleted does not count. Every module counts its own. */
public final class Analytics {
    /** What one answer may span at most: 366 days, 105 weeks, 120 months. */
    private static final Map<Bucket, Long> MAX_DAYS =
            Map.of(Bucket.DAY, 366L, Bucket.WEEK, 105L * 7, Bucket.MONTH, 3653L);

    /** Messages by role and tokens by model. */
    public static final Address<DateRange, Usage> MESSAGES = new Address<>("messages.usage");

    /** {@code started}. */
    public static final Address<DateRange, Usage> CONVERSATIONS = new Address<>("conversations.usage");

    /** {@code created} and {@code completed}, each at the time when it happened. */
    public static final Address<DateRange, Usage> TASKS = new Address<>("tasks.usage");

    /** Fails as all that names a conversation does. */
    public static final Address<FindConversationStats, ConversationStats> CONVERSATION_STATS =
            new Address<>("messages.conversation-stats");

    /** In UTC; a week begins on Monday (ISO 8601). */
    public enum Bucket {
        DAY,
        WEEK,
        MONTH
    }

    /**
     * @param from what happened at that time or after
     * @param to what happened before that time
     */
    public record DateRange(Caller caller, Instant from, Instant to, Bucket bucket) {
        public DateRange {
            if (!from.isBefore(to)) throw Problem.invalid("to", "must be later than from");
            long days = MAX_DAYS.getOrDefault(bucket, 0L);
            if (to.isAfter(from.plus(days, ChronoUnit.DAYS)))
                throw Problem.invalid("to", "must not be more than " + days + " days after from");
        }
    }

    /** In the order of time; a bucket in which nothing was counted is left out. */
    public record Usage(List<Count> counts) {}

    /**
     * @param bucket when it begins
     * @param what a role in lower case, {@code tokens}, {@code started}, {@code created} or {@code completed}
     * @param model of which the tokens are, where that is known
     */
    public record Count(
            Instant bucket, String what, @Nullable String model, long count) {}

    public record FindConversationStats(Caller caller, UUID conversationId) {}

    /**
     * @param messages by role, in lower case; a role without messages is left out
     * @param tokens of all messages that say how many they have
     * @param first when the first message was posted; null where there is none
     */
    public record ConversationStats(
            Map<String, Long> messages,
            long tokens,
            @Nullable Instant first,
            @Nullable Instant last) {}

    private Analytics() {}
}
