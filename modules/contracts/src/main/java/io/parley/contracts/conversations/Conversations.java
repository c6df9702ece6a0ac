package io.parley.contracts.conversations;

import io.parley.contracts.Limits;
import io.parley.kernel.Address;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.Json;
import io.parley.kernel.None;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import io.parley.kernel.Patch;
import io.parley.kernel.Versions;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the conversations module answers. Whatever names a conversation fails not-found where there is none or it is
 * deleted, and forbidden where it is another user's.
 */
public final class Conversations {
    public static final Address<Create, Conversation> CREATE = new Address<>("conversations.create");
    public static final Address<Find, Conversation> FIND = new Address<>("conversations.find");

    /** In the order of activity; the trash in the order of deletion. */
    public static final Address<ListMine, Page<Conversation>> LIST = new Address<>("conversations.list");

    /** Fails stale where the conversation is of none of the versions named. */
    public static final Address<Update, Conversation> UPDATE = new Address<>("conversations.update");

    /** Moves to the trash, which hides its messages; fails stale as an update does. */
    public static final Address<Delete, None> DELETE = new Address<>("conversations.delete");

    /** Brings it back from the trash, and with it those of its messages that were not deleted themselves. */
    public static final Address<Restore, Conversation> RESTORE = new Address<>("conversations.restore");

    /** All that is alive in the order of ids: none twice and none missed, whatever happens to them meanwhile. */
    public static final Address<Walk, Page<Conversation>> WALK = new Address<>("conversations.walk");

    /**
     * Begins to take a conversation in from elsewhere: it is stored hidden, reserved until the time that is answered,
     * and its messages can be imported into it. What stays unpublished by then is removed by the purge. Fails conflict
     * where the conversation is the caller's already, be it in the trash.
     */
    public static final Address<ImportBegin, PendingImport> IMPORT_BEGIN = new Address<>("conversations.import-begin");

    /** Shows a conversation that was taken in, whole; fails conflict where the time for it is over. */
    public static final Address<ImportPublish, None> IMPORT_PUBLISH = new Address<>("conversations.import-publish");

    /** Gives up a conversation that could not be taken in whole; fails conflict where it has been published. */
    public static final Address<ImportDrop, None> IMPORT_DROP = new Address<>("conversations.import-drop");

    /** Admits a message: the conversation is the caller's and alive, and its activity moves on. */
    public static final Address<Admit, Admitted> ADMIT = new Address<>("conversations.admit");

    /** @param id its own, made by whoever asks; under the id of one that the caller has, replies with that one */
    public record Create(Caller caller, UUID id, ConversationDraft draft) {
        public Create(Caller caller, ConversationDraft draft) {
            this(caller, Ids.next(), draft);
        }
    }

    /** The metadata is an empty object where it is not said. */
    public record ConversationDraft(
            @Nullable String title,
            @Nullable String description,
            @Nullable Json metadata) {
        public ConversationDraft {
            Limits.checkText("/title", title, Limits.TITLE);
            Limits.checkText("/description", description, Limits.DESCRIPTION);
            Limits.checkJson("/metadata", metadata);
        }
    }

    public record Find(Caller caller, UUID id) {}

    /** @param deleted whether the trash is listed instead of what is alive */
    public record ListMine(Caller caller, boolean deleted, PageRequest page) {
        public ListMine(Caller caller, PageRequest page) {
            this(caller, false, page);
        }
    }

    public record Update(Caller caller, UUID id, Versions versions, ConversationPatch patch) {}

    public record ConversationPatch(Patch<String> title, Patch<String> description, Patch<Json> metadata) {
        public ConversationPatch {
            Limits.checkJson("/metadata", metadata.value());
        }
    }

    public record Delete(Caller caller, UUID id, Versions versions) {}

    /** Restoring what is alive changes nothing. */
    public record Restore(Caller caller, UUID id) {}

    public record Admit(Caller caller, UUID id) {}

    /** @param at the time of this activity: later than that of every one before it in the same conversation */
    public record Admitted(Instant at) {}

    /** @param after the walk goes on behind that id; null begins it */
    public record Walk(Caller caller, @Nullable UUID after, int limit) {}

    /** @param id by which it was known elsewhere; null leaves it to be made */
    public record ImportBegin(Caller caller, @Nullable UUID id) {}

    /**
     * @param id the one it was known by, else, where that is another user's here or left over from an attempt that
     *     failed, the first of {@code ImportIds#candidates} that is free
     * @param until by when it must be published; it also tells this import from any other of the same id
     */
    public record PendingImport(UUID id, Instant until) {}

    /**
     * Fails as a conflict where the time is over, or where another import of the same one was faster.
     *
     * @param known the id that it was known by, as the import's begin was told
     * @param until as the import's begin answered
     */
    public record ImportPublish(
            Caller caller,
            @Nullable UUID known,
            UUID id,
            Instant until,
            ConversationDraft draft,
            Instant createdAt,
            Instant updatedAt) {}

    /** @param until as the import's begin answered */
    public record ImportDrop(Caller caller, UUID id, Instant until) {}

    private Conversations() {}
}
