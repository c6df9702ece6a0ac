package io.parley.assistant.tools;

import io.parley.kernel.Caller;
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
 */
public record ToolContext(Caller caller, @Nullable UUID conversationId, ZoneId zone, Predicate<UUID> isOfThisTurn) {

    /** For a caller that is no turn. */
    public ToolContext(Caller caller, ZoneId zone) {
        this(caller, null, zone, message -> false);
    }
}
