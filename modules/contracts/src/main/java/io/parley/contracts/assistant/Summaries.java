package io.parley.contracts.assistant;

import io.parley.kernel.Address;
import io.parley.kernel.Caller;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The assistant module's requests about summaries. A request that names a conversation fails not-found if there is no such
 * one or it is in the trash, and forbidden if it belongs to another user.
 */
public final class Summaries {
    /** The newest valid summary. Fails not-found if there is none. */
    public static final Address<Find, Summary> FIND = new Address<>("summaries.find");

    /**
     * Makes a summary now. Fails invalid if the message is not on the current branch; conflict if there is nothing to cover,
     * while a turn of the conversation runs, and if what is covered changes meanwhile; and unavailable if the model fails. The
     * model may take its time: ask with {@link #LONGEST}.
     */
    public static final Address<Create, Summary> CREATE = new Address<>("summaries.create");

    /** Longer than any {@code assistant.turn-timeout}, within which a summary is made. */
    public static final Duration LONGEST = Duration.ofMinutes(65);

    public record Find(Caller caller, UUID conversationId) {}

    /** @param upToMessageId the last message to cover; null covers everything but the last two questions and what follows them */
    public record Create(
            Caller caller, UUID conversationId, @Nullable UUID upToMessageId) {}

    private Summaries() {}
}
