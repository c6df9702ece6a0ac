package io.parley.testing;

import io.parley.contracts.conversations.Conversation;
import io.parley.kernel.Json;
import java.time.Instant;
import java.util.UUID;

/** What the module conversations would answer. */
public final class SampleConversation {
    /** One of which nothing is known but whose it is. */
    public static Conversation of(UUID id, UUID ownerId) {
        return new Conversation(
                id, ownerId, null, null, Json.EMPTY_OBJECT, null, null, null, null, Instant.EPOCH, Instant.EPOCH, null);
    }

    private SampleConversation() {}
}
