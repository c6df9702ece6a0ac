package io.parley.contracts.conversations;

import io.parley.contracts.FreeForm;
import io.parley.kernel.Address;
import io.parley.kernel.Caller;
import io.parley.kernel.Json;
import io.parley.kernel.None;
import io.parley.kernel.Page;
import io.parley.kernel.Patch;
import io.parley.kernel.Slice;
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

    /** Admits a message: the conversation is the caller's and alive, and its activity moves on. */
    public static final Address<Admit, Admitted> ADMIT = new Address<>("conversations.admit");

    public record Create(Caller caller, ConversationDraft draft) {}

    /** The metadata is an empty object where it is not said. */
    public record ConversationDraft(
            @Nullable String title,
            @Nullable String description,
            @Nullable Json metadata) {
        public ConversationDraft {
            FreeForm.check("/metadata", metadata);
        }
    }

    public record Find(Caller caller, UUID id) {}

    /** @param deleted whether the trash is listed instead of what is alive */
    public record ListMine(Caller caller, boolean deleted, Slice slice) {
        public ListMine(Caller caller, Slice slice) {
            this(caller, false, slice);
        }
    }

    public record Update(Caller caller, UUID id, Versions versions, ConversationPatch patch) {}

    public record ConversationPatch(Patch<String> title, Patch<String> description, Patch<Json> metadata) {
        public ConversationPatch {
            FreeForm.check("/metadata", metadata.value());
        }
    }

    public record Delete(Caller caller, UUID id, Versions versions) {}

    /** Restoring what is alive changes nothing. */
    public record Restore(Caller caller, UUID id) {}

    public record Admit(Caller caller, UUID id) {}

    /** @param at the time of this activity: later than that of every one before it in the same conversation */
    public record Admitted(Instant at) {}

    private Conversations() {}
}
