package io.parley.contracts.messages;

import io.parley.contracts.Limits;
import io.parley.contracts.messages.Message.Role;
import io.parley.kernel.Address;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.Json;
import io.parley.kernel.None;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import io.parley.kernel.Patch;
import io.parley.kernel.Problem;
import io.parley.kernel.Versions;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the messages module answers. Whatever names a message or a conversation fails not-found where there is none or
 * it is deleted, and forbidden where it is another user's. The messages of a deleted conversation are not there.
 */
public final class Messages {
    /**
     * Stores a message and moves its conversation's activity on. Posting the same message under the same id again
     * replies with the stored one; fails conflict where the id is taken by any other message.
     */
    public static final Address<Post, Message> POST = new Address<>("messages.post");

    public static final Address<Find, Message> FIND = new Address<>("messages.find");

    /** Those of one conversation, in the order in which they were posted; the trash in the order of deletion. */
    public static final Address<ListConversation, Page<Message>> LIST_CONVERSATION =
            new Address<>("messages.list-conversation");

    /** The caller's of all conversations, in the order in which they were posted; the trash in the order of deletion. */
    public static final Address<ListMine, Page<Message>> LIST_MINE = new Address<>("messages.list-mine");

    /**
     * A message and its direct replies, in the order in which they were posted: the first page begins with the message
     * itself.
     */
    public static final Address<ListThread, Page<Message>> THREAD = new Address<>("messages.thread");

    /**
     * One branch of a conversation, from its root to the leaf that is named, in pages from the root on. Of a branch
     * with more than {@link #MAX_BRANCH} messages it is the end. A deleted message in between is left out.
     */
    public static final Address<ListBranch, Page<Message>> BRANCH = new Address<>("messages.branch");

    /** How far a branch is followed up from its leaf. */
    public static final int MAX_BRANCH = 1000;

    /** Fails stale where the message is of none of the versions named. */
    public static final Address<Update, Message> UPDATE = new Address<>("messages.update");

    /** Moves to the trash; fails stale as an update does. */
    public static final Address<Delete, None> DELETE = new Address<>("messages.delete");

    /** Brings it back from the trash. */
    public static final Address<Restore, Message> RESTORE = new Address<>("messages.restore");

    /**
     * Stores messages as they were elsewhere, with their ids and times, all or none, in a conversation that is being
     * taken in. A parent is stored before or with its replies; a reply to anything else replies to nothing. Fails
     * not-found where no such conversation is being taken in, and conflict where an id is taken.
     */
    public static final Address<Import, None> IMPORT = new Address<>("messages.import");

    /** How many messages are taken in at once. */
    public static final int MAX_IMPORT = 200;

    /**
     * @param newId its id where the draft names none, made by whoever asks; under the id of a message that the caller has
     *     in the conversation, replies with that one
     */
    public record Post(Caller caller, UUID conversationId, UUID newId, MessageDraft draft) {
        public Post(Caller caller, UUID conversationId, MessageDraft draft) {
            this(caller, conversationId, Ids.next(), draft);
        }
    }

    public record Find(Caller caller, UUID id) {}

    /** @param deleted whether the trash is listed instead of what is alive */
    public record ListConversation(Caller caller, UUID conversationId, boolean deleted, PageRequest page) {
        public ListConversation(Caller caller, UUID conversationId, PageRequest page) {
            this(caller, conversationId, false, page);
        }
    }

    /** @param deleted whether the trash is listed instead of what is alive */
    public record ListMine(Caller caller, Filter filter, boolean deleted, PageRequest page) {
        public ListMine(Caller caller, Filter filter, PageRequest page) {
            this(caller, filter, false, page);
        }
    }

    /**
     * All that is said must hold; null says nothing.
     *
     * @param from posted at that time or after
     * @param to posted before that time
     */
    public record Filter(
            @Nullable Role role,
            @Nullable Instant from,
            @Nullable Instant to) {}

    public record Update(Caller caller, UUID id, Versions versions, MessagePatch patch) {}

    /** What a message is about stays: its role, its place and its tool calls do not change. */
    public record MessagePatch(
            Patch<String> content, Patch<Integer> tokenCount, Patch<String> model, Patch<Json> metadata) {
        public MessagePatch {
            Limits.checkJson("/metadata", metadata.value());
        }
    }

    public record Delete(Caller caller, UUID id, Versions versions) {}

    /** Restoring what is alive changes nothing. */
    public record Restore(Caller caller, UUID id) {}

    public record ListThread(Caller caller, UUID conversationId, UUID messageId, PageRequest page) {}

    public record ListBranch(Caller caller, UUID conversationId, UUID leafId, PageRequest page) {}

    /** @param messages 1 to {@link #MAX_IMPORT} */
    public record Import(Caller caller, UUID conversationId, List<ImportedMessage> messages) {
        public Import {
            if (messages.isEmpty() || messages.size() > MAX_IMPORT)
                throw Problem.invalid("messages", "must be from 1 to " + MAX_IMPORT);
            messages = List.copyOf(messages);
        }
    }

    /** A message that has a history. */
    public record ImportedMessage(UUID id, MessageDraft draft, Instant createdAt, Instant updatedAt) {}

    private Messages() {}
}
