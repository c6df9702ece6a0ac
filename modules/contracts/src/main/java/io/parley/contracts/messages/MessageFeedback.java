package io.parley.contracts.messages;

import io.parley.contracts.messages.Feedback.Rating;
import io.parley.kernel.Address;
import io.parley.kernel.Caller;
import io.parley.kernel.None;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The messages module's requests about feedback. Each request fails like those of {@link Messages} that name a message. A
 * change of the feedback is a change of the message.
 */
public final class MessageFeedback {
    /** Stores the feedback in place of an earlier one; fails invalid unless the message is an assistant's. */
    public static final Address<Put, Stored> PUT = new Address<>("message-feedback.put");

    /** Fails not-found if there is none. */
    public static final Address<Find, Stored> FIND = new Address<>("message-feedback.find");

    /** Has no effect if there is none. */
    public static final Address<Delete, None> DELETE = new Address<>("message-feedback.delete");

    public record Put(Caller caller, UUID messageId, Feedback feedback) {}

    public record Find(Caller caller, UUID messageId) {}

    public record Delete(Caller caller, UUID messageId) {}

    public record Stored(
            UUID messageId, Rating rating, @Nullable String comment, Instant createdAt, Instant updatedAt) {}

    private MessageFeedback() {}
}
