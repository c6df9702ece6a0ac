package io.parley.contracts.conversations;

import io.parley.contracts.messages.LastMessage;
import io.parley.kernel.Json;
import io.parley.kernel.Resource;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A conversation, without its messages.
 *
 * @param metadata a JSON object
 * @param instructions for the model in every turn; they follow the user's. Null if there are none
 * @param provider that answers if a turn names neither provider nor model; null for the first one that has the model
 * @param model the provider's name for it; null for the provider's first model, or for the user's default if the provider is
 *     null as well
 * @param encrypted whether its texts and those of its messages are stored encrypted; never changes
 * @param currentLeaf the last message of the branch that lists and chat follow; null if there is no live message
 * @param pinned whether its owner keeps it at hand
 * @param archived whether its owner has put it away
 * @param activeTurnId the chat turn that is running in it; null if none is
 * @param messageCount how many live messages all its branches have; null unless it was asked for
 * @param lastMessage the message at the current leaf; null if there is none, or unless it was asked for
 * @param updatedAt set by every update and by every message that is posted, and if the current leaf moves
 * @param deletedAt when it was moved to the trash; null if it is not there
 */
public record Conversation(
        UUID id,
        UUID userId,
        @Nullable String title,
        @Nullable String description,
        Json metadata,
        @Nullable String instructions,
        @Nullable String provider,
        @Nullable String model,
        @Nullable UUID currentLeaf,
        boolean encrypted,
        boolean pinned,
        boolean archived,
        List<String> tags,
        @Nullable UUID activeTurnId,
        @Nullable Long messageCount,
        @Nullable LastMessage lastMessage,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant deletedAt)
        implements Resource {
    public Conversation {
        tags = List.copyOf(tags);
    }

    /** Neither encrypted, nor pinned nor archived, without tags, and without a running turn. */
    public Conversation(
            UUID id,
            UUID userId,
            @Nullable String title,
            @Nullable String description,
            Json metadata,
            @Nullable String instructions,
            @Nullable String provider,
            @Nullable String model,
            @Nullable UUID currentLeaf,
            Instant createdAt,
            Instant updatedAt,
            @Nullable Instant deletedAt) {
        this(
                id,
                userId,
                title,
                description,
                metadata,
                instructions,
                provider,
                model,
                currentLeaf,
                false,
                false,
                false,
                List.of(),
                null,
                null,
                null,
                createdAt,
                updatedAt,
                deletedAt);
    }

    /** The same conversation with what its list shows of its messages. */
    public Conversation withPreview(long count, @Nullable LastMessage last) {
        return new Conversation(
                id,
                userId,
                title,
                description,
                metadata,
                instructions,
                provider,
                model,
                currentLeaf,
                encrypted,
                pinned,
                archived,
                tags,
                activeTurnId,
                count,
                last,
                createdAt,
                updatedAt,
                deletedAt);
    }

    /** A turn begins and ends, and messages change, without a new version of the conversation. */
    @Override
    public String variant() {
        if (activeTurnId == null && messageCount == null) return "";
        var last = lastMessage == null ? "" : lastMessage.id() + lastMessage.preview();
        return Integer.toHexString((activeTurnId + " " + messageCount + " " + last).hashCode());
    }
}
