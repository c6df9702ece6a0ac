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
import io.parley.kernel.Versions;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the messages module answers. A request that names a message or a conversation fails not-found if there is no such
 * one or it is in the trash, and forbidden if it belongs to another user. While a conversation is in the trash, its messages
 * are not found either.
 */
public final class Messages {
    /**
     * Stores a message, which becomes the conversation's current leaf, and sets the conversation's {@code updatedAt}. Posting
     * the same message with the same id again replies with the stored one and changes nothing. Fails conflict if another
     * message has the id, and invalid unless the given parent is a live message of the conversation. Fails not-found or forbidden
     * if a part names a file that the caller does not have, or that is in the trash.
     */
    public static final Address<Post, Message> POST = new Address<>("messages.post");

    /**
     * What a provider attached to these messages, of which it wants to be sent some in later requests. For the module that
     * calls the provider; nothing shows it to anybody. Messages without any, and those of other users, are left out.
     */
    public static final Address<FindProviderStates, ProviderStates> PROVIDER_STATES =
            new Address<>("messages.provider-states");

    /**
     * Digests of the beginnings of a branch: for each of the given messages everything from the root of the
     * conversation to it, without deleted messages. Messages that are not on the branch, or deleted, are left out, as are
     * those of other users.
     */
    public static final Address<FindDigests, Digests> DIGESTS = new Address<>("messages.digests");

    /** What lists of conversations show of their messages. Those that are deleted, or not the caller's, are left out. */
    public static final Address<FindPreviews, Previews> PREVIEWS = new Address<>("messages.previews");

    public static final Address<Find, Message> FIND = new Address<>("messages.find");

    /** Messages of one conversation, ordered by creation; the trash is ordered by deletion. */
    public static final Address<ListConversation, Page<Message>> LIST_CONVERSATION =
            new Address<>("messages.list-conversation");

    /** The caller's messages of all conversations, ordered by creation; the trash is ordered by deletion. */
    public static final Address<ListMine, Page<Message>> LIST_MINE = new Address<>("messages.list-mine");

    /** A message and its direct replies, ordered by creation, so the message itself comes first. */
    public static final Address<ListThread, Page<Message>> THREAD = new Address<>("messages.thread");

    /**
     * The messages from the root of a conversation to the given leaf, ordered by creation, without deleted ones. If the
     * branch is longer than {@link #MAX_BRANCH}, only its last messages are returned. The current branch is listed as a whole:
     * {@link Which#CURRENT_BRANCH}.
     */
    public static final Address<ListBranch, Page<Message>> BRANCH = new Address<>("messages.branch");

    /** The maximum number of messages of a branch, counted from its leaf. */
    public static final int MAX_BRANCH = 1000;

    /** Fails stale unless the message has one of the given versions. */
    public static final Address<Update, Message> UPDATE = new Address<>("messages.update");

    /**
     * Moves the message to the trash, but not those that follow it; fails stale unless it has one of the given versions. If it
     * was the current leaf, that becomes the newest live message at or below its nearest live ancestor, or the newest of the
     * conversation if it has none.
     */
    public static final Address<Delete, None> DELETE = new Address<>("messages.delete");

    /**
     * Restores the message from the trash; has no effect if it is not in the trash. If it follows the current leaf, the leaf
     * moves down to the newest live message below it.
     */
    public static final Address<Restore, Message> RESTORE = new Address<>("messages.restore");

    /**
     * Makes a message the current leaf even if others follow it, so that what is posted next begins another branch. Fails
     * not-found like each request that names a message.
     */
    public static final Address<BranchOff, Message> BRANCH_OFF = new Address<>("messages.branch-off");

    /**
     * @param newId used if the draft has no id; chosen by the sender, so that it can send the request again. If the caller has a
     *     message with this id in the conversation, the reply is that message.
     * @param reasoning what the model thought before it answered; only the assistant knows it
     * @param providerState what the provider attached to the message; null if nothing
     */
    public record Post(
            Caller caller,
            UUID conversationId,
            UUID newId,
            MessageDraft draft,
            Placement placement,
            @Nullable String reasoning,
            @Nullable ProviderState providerState) {
        public Post(Caller caller, UUID conversationId, UUID newId, MessageDraft draft, Placement placement) {
            this(caller, conversationId, newId, draft, placement, null, null);
        }

        public Post(Caller caller, UUID conversationId, UUID newId, MessageDraft draft) {
            this(caller, conversationId, newId, draft, Placement.AS_DRAFTED);
        }

        public Post(Caller caller, UUID conversationId, MessageDraft draft) {
            this(caller, conversationId, Ids.next(), draft);
        }

        /** The same request for another draft. */
        public Post with(MessageDraft other) {
            return new Post(caller, conversationId, newId, other, placement, reasoning, providerState);
        }
    }

    /** Where a message is stored in the tree of its conversation. */
    public enum Placement {
        /** Below the parent of the draft; if that is null, below the current leaf. */
        AS_DRAFTED,
        /** Beside the first message of the conversation, without a parent. */
        FIRST,
        /**
         * Below the parent of the draft, deleted or not, or below what was posted after it in the meantime. The message becomes
         * the current leaf unless that was moved to another branch. It is stored even if the conversation is in the trash, so that
         * an answer that was asked for before is there if the conversation is restored.
         */
        FOLLOWING
    }

    /**
     * @param provider its name in the settings
     * @param state in a form of the assistant
     */
    public record ProviderState(String provider, Json state) {
        /** Without the state, so that no log line shows it by accident. */
        @Override
        public String toString() {
            return "ProviderState[provider=" + provider + "]";
        }
    }

    /** @param provider others than its own are left out */
    public record FindProviderStates(Caller caller, List<UUID> messageIds, String provider) {
        public FindProviderStates {
            messageIds = List.copyOf(messageIds);
        }
    }

    public record ProviderStates(List<MessageState> items) {}

    public record MessageState(UUID messageId, Json state) {
        /** Without the state, so that no log line shows it by accident. */
        @Override
        public String toString() {
            return "MessageState[messageId=" + messageId + "]";
        }
    }

    /** @param leafId the last message of the branch */
    public record FindDigests(Caller caller, UUID conversationId, UUID leafId, List<UUID> upTo) {
        public FindDigests {
            upTo = List.copyOf(upTo);
        }
    }

    public record Digests(List<UpTo> items) {}

    public record UpTo(UUID messageId, BranchDigest digest) {}

    public record FindPreviews(Caller caller, List<UUID> conversationIds) {
        public FindPreviews {
            conversationIds = List.copyOf(conversationIds);
        }
    }

    public record Previews(List<Preview> items) {}

    /**
     * @param count of live messages on all branches
     * @param last the one at the current leaf; null if there is none
     */
    public record Preview(
            UUID conversationId, long count, @Nullable LastMessage last) {}

    public record Find(Caller caller, UUID id) {}

    public record ListConversation(Caller caller, UUID conversationId, Which which, PageRequest page) {}

    /** Which messages of a conversation are listed. */
    public enum Which {
        /** Those from the beginning to the current leaf. */
        CURRENT_BRANCH,
        /** Those of all branches. */
        ALL,
        /** Those in the trash. */
        DELETED
    }

    /** @param deleted true lists the trash instead */
    public record ListMine(Caller caller, Filter filter, boolean deleted, PageRequest page) {
        public ListMine(Caller caller, Filter filter, PageRequest page) {
            this(caller, filter, false, page);
        }
    }

    /**
     * All conditions must hold; null is no condition.
     *
     * @param from created at this time or later
     * @param to created before this time
     */
    public record Filter(
            @Nullable Role role,
            @Nullable Instant from,
            @Nullable Instant to) {}

    public record Update(Caller caller, UUID id, Versions versions, MessagePatch patch) {}

    /** The role, the parent, the tool calls and the tool results of a message cannot be changed. */
    public record MessagePatch(
            Patch<String> content, Patch<Integer> tokenCount, Patch<String> model, Patch<Json> metadata) {
        public MessagePatch {
            Limits.checkJson("/metadata", metadata.value());
        }

        /** The same patch with other metadata. */
        public MessagePatch withMetadata(Patch<Json> replacement) {
            return new MessagePatch(content, tokenCount, model, replacement);
        }
    }

    public record Delete(Caller caller, UUID id, Versions versions) {}

    public record Restore(Caller caller, UUID id) {}

    public record BranchOff(Caller caller, UUID id) {}

    public record ListThread(Caller caller, UUID conversationId, UUID messageId, PageRequest page) {}

    public record ListBranch(Caller caller, UUID conversationId, UUID leafId, PageRequest page) {}

    private Messages() {}
}
