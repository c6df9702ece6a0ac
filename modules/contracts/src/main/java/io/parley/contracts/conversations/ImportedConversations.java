package io.parley.contracts.conversations;

import io.parley.contracts.ImportIds;
import io.parley.contracts.conversations.Conversations.ConversationDraft;
import io.parley.kernel.Address;
import io.parley.kernel.Caller;
import io.parley.kernel.None;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the conversations module answers to imports of conversations that were exported. Failures are as in {@link Conversations}. */
public final class ImportedConversations {
    /**
     * Begins to import a conversation. It is stored hidden, and messages can be imported into it until the returned time. If
     * it is not published by then, the purge removes it. Fails conflict if the caller has the conversation already, even in
     * the trash.
     */
    public static final Address<Begin, PendingImport> BEGIN = new Address<>("conversations.import-begin");

    /**
     * The conversation that an earlier import of the same document has published, even if it is in the trash. Fails not-found
     * if there is none.
     */
    public static final Address<Find, KnownImport> FIND = new Address<>("conversations.import-find");

    /**
     * Prepares an imported conversation for messages that a later export adds: moves {@code updatedAt} on to the newest of
     * them. Nothing else is changed. Fails not-found if it is gone.
     */
    public static final Address<Grow, None> GROW = new Address<>("conversations.import-grow");

    /**
     * Makes an imported conversation visible, at the newest message at or below its current leaf. Fails conflict if its time
     * is over, or another import of it was published.
     */
    public static final Address<Publish, None> PUBLISH = new Address<>("conversations.import-publish");

    /** Leaves a conversation that is being imported to the purge. Fails conflict if it has been published. */
    public static final Address<Drop, None> DROP = new Address<>("conversations.import-drop");

    /**
     * @param originalId the id in the document that is imported; null generates one
     * @param encrypted whether it is stored encrypted, with its messages; null means what the user has chosen
     */
    public record Begin(
            Caller caller,
            @Nullable UUID originalId,
            @Nullable Boolean encrypted) {
        public Begin(Caller caller, @Nullable UUID originalId) {
            this(caller, originalId, null);
        }
    }

    /**
     * @param id the first of {@link ImportIds#candidates} that is free: the original id, unless a failed import has
     *     left a row under it
     * @param until when it must be published; also identifies this import among several of the same conversation
     * @param encrypted whether its messages are stored encrypted
     */
    public record PendingImport(UUID id, Instant until, boolean encrypted) {}

    /**
     * @param originalId as in {@link Begin}
     * @param id as in {@link PendingImport}
     * @param until as in {@link PendingImport}
     * @param encrypted as in {@link PendingImport}
     */
    public record Publish(
            Caller caller,
            @Nullable UUID originalId,
            UUID id,
            Instant until,
            boolean encrypted,
            ConversationDraft draft,
            ImportedSettings settings,
            Instant createdAt,
            Instant updatedAt) {}

    /**
     * What an export says about how to go on with a conversation.
     *
     * @param currentLeaf the last message of the branch that was shown; null, or one that is not stored, means the newest
     *     message
     */
    public record ImportedSettings(
            @Nullable String instructions,
            @Nullable String provider,
            @Nullable String model,
            @Nullable UUID currentLeaf,
            boolean pinned,
            boolean archived) {
        public ImportedSettings(
                @Nullable String instructions,
                @Nullable String provider,
                @Nullable String model,
                @Nullable UUID currentLeaf) {
            this(instructions, provider, model, currentLeaf, false, false);
        }
    }

    /** @param originalId as in {@link Begin} */
    public record Find(Caller caller, UUID originalId) {}

    /**
     * @param isDeleted whether it is in the trash
     * @param encrypted whether it is stored encrypted
     */
    public record KnownImport(UUID id, boolean isDeleted, boolean encrypted) {}

    /**
     * @param id as in {@link KnownImport}
     * @param newestMessage the time of the newest message that is added
     */
    public record Grow(Caller caller, UUID id, Instant newestMessage) {}

    /**
     * @param id as in {@link PendingImport}
     * @param until as in {@link PendingImport}
     */
    public record Drop(Caller caller, UUID id, Instant until) {}

    private ImportedConversations() {}
}
