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

/**
 * Usage counts of the caller, for charts. Each module counts its own rows at the time of the request; deleted rows
 * are not counted.
 */
public final class Analytics {
    /** The longest range of one request, in days: 366 days, 105 weeks, 10 years. */
    private static final Map<Bucket, Long> MAX_DAYS =
            Map.of(Bucket.DAY, 366L, Bucket.WEEK, 105L * 7, Bucket.MONTH, 3653L);

    /** Counts messages by role, and tokens ({@code tokens}) by model. */
    public static final Address<DateRange, Usage> MESSAGES = new Address<>("messages.usage");

    /** Counts the conversations that were created ({@code started}). */
    public static final Address<DateRange, Usage> CONVERSATIONS = new Address<>("conversations.usage");

    /** Counts the tasks that were {@code created} and {@code completed}, each at the time when that happened. */
    public static final Address<DateRange, Usage> TASKS = new Address<>("tasks.usage");

    /** Fails not-found if the conversation does not exist or is deleted, and forbidden if it is another user's. */
    public static final Address<FindConversationStats, ConversationStats> CONVERSATION_STATS =
            new Address<>("messages.conversation-stats");

    /** In UTC. A week begins on Monday (ISO 8601). */
    public enum Bucket {
        DAY,
        WEEK,
        MONTH
    }

    /**
     * The caller's rows within a time range, counted per bucket. Fails invalid if the range is empty or too long: 366 days,
     * 735 days by week, 3653 days by month.
     *
     * @param from inclusive
     * @param to exclusive
     */
    public record DateRange(Caller caller, Instant from, Instant to, Bucket bucket) {
        public DateRange {
            if (!from.isBefore(to)) throw Problem.invalid("to", "must be later than from");
            long days = MAX_DAYS.getOrDefault(bucket, 0L);
            if (to.isAfter(from.plus(days, ChronoUnit.DAYS)))
                throw Problem.invalid("to", "must not be more than " + days + " days after from");
        }
    }

    /** Ordered by bucket. A bucket without rows has no count. */
    public record Usage(List<Count> counts) {}

    /**
     * @param bucket the beginning of the bucket
     * @param what a message's role in lower case, {@code tokens}, {@code started}, {@code created} or {@code completed}
     * @param model the model that counted the tokens; null if it is not known, and for all counts except tokens
     */
    public record Count(
            Instant bucket, String what, @Nullable String model, long count) {}

    public record FindConversationStats(Caller caller, UUID conversationId) {}

    /**
     * @param messages by role, in lower case; a role without messages has no entry
     * @param tokens the sum over all messages that have a token count
     * @param first when the first message was posted; null if there is none
     * @param last when the last message was posted; null if there is none
     */
    public record ConversationStats(
            Map<String, Long> messages,
            long tokens,
            @Nullable Instant first,
            @Nullable Instant last) {}

    private Analytics() {}
}
