package io.parley.assistant.tools;

import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The user and the conversation for which a tool runs.
 *
 * @param conversationId null if the tool is not called from a conversation
 * @param zone in which the user's days begin and end
 * @param isOfThisTurn whether a message belongs to the turn that calls the tool, so that it is no finding
 * @param chosenId for what the tool creates; null for a new one
 * @param encrypted whether a task that the tool creates is; null leaves it to the user
 */
public record ToolContext(
        Caller caller,
        @Nullable UUID conversationId,
        ZoneId zone,
        Predicate<UUID> isOfThisTurn,
        @Nullable UUID chosenId,
        @Nullable Boolean encrypted) {
    /** For a turn. */
    public ToolContext(Caller caller, @Nullable UUID conversationId, ZoneId zone, Predicate<UUID> isOfThisTurn) {
        this(caller, conversationId, zone, isOfThisTurn, null, null);
    }

    /** For a caller that is no turn. */
    public ToolContext(Caller caller, ZoneId zone) {
        this(caller, null, zone, message -> false);
    }

    /** The same, but what the tool creates gets this id. */
    public ToolContext creating(UUID id) {
        return new ToolContext(caller, conversationId, zone, isOfThisTurn, id, encrypted);
    }

    /** The id for what the tool creates. */
    public UUID newId() {
        return chosenId == null ? Ids.next() : chosenId;
    }

    /** A time as results show it: RFC 3339 with the user's offset. */
    public String text(Instant time) {
        return TaskView.time(time, zone);
    }
}
