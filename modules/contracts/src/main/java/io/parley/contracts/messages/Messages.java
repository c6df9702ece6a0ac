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
 * What the messages module answers. A request that names a message or a conversation fails not-found if there is no such
 * one or it is in the trash, and forbidden if it belongs to another user. While a conversation is in the trash, its messages
 * are not found either.
 */
public final class Messages {
    /**
     * Stores a message and sets the conversation's {@code updatedAt}. Posting the same message with the same id again
     * replies with the stored one. Fails conflict if another message has the id.
     */
    public static final Address<Post, Message> POST = new Address<>("messages.post");

    /**
     * What a provider attached to these messages, of which it wants to be sent some in later requests. For the module that
     * calls the provider; nothing shows it to anybody. Messages without any, and those of other users, are left out.
     */
    public static final Address<FindProviderStates, ProviderStates> PROVIDER_STATES =
            new Address<>("messages.provider-states");

    public static final Address<Find, Message> FIND = new Address<>("messages.find");

    /** The messages of one conversation, ordered by creation; the trash is ordered by deletion. */
    public static final Address<ListConversation, Page<Message>> LIST_CONVERSATION =
            new Address<>("messages.list-conversation");

    /** The caller's messages of all conversations, ordered by creation; the trash is ordered by deletion. */
    public static final Address<ListMine, Page<Message>> LIST_MINE = new Address<>("messages.list-mine");

    /** A message and its direct replies, ordered by creation, so the message itself comes first. */
    public static final Address<ListThread, Page<Message>> THREAD = new Address<>("messages.thread");

    /**
     * The messages from the root of a conversation to the given leaf, ordered by creation, without deleted ones. If the
     * branch is longer than {@link #MAX_BRANCH}, only its last messages are returned.
     */
    public static final Address<ListBranch, Page<Message>> BRANCH = new Address<>("messages.branch");

    /** The maximum number of messages of a branch, counted from its leaf. */
    public static final int MAX_BRANCH = 1000;

    /** Fails stale unless the message has one of the given versions. */
    public static final Address<Update, Message> UPDATE = new Address<>("messages.update");

    /** Moves the message to the trash; fails stale unless it has one of the given versions. */
    public static final Address<Delete, None> DELETE = new Address<>("messages.delete");

    /** Restores the message from the trash; has no effect if it is not in the trash. */
    public static final Address<Restore, Message> RESTORE = new Address<>("messages.restore");

    /**
     * Stores messages that were exported, with their original times, in a conversation that is being imported: all of them or
     * none. A parent must be stored before its replies or with them; a link to any other message is dropped. Fails not-found
     * if the conversation is not being imported, and conflict if an id is taken.
     */
    public static final Address<Import, None> IMPORT = new Address<>("messages.import");

    /** Which of these ids the caller's messages have, deleted ones included. */
    public static final Address<ImportFind, TakenIds> IMPORT_FIND = new Address<>("messages.import-find");

    /**
     * Moves the messages of a conversation that is being imported to one that was imported before, all at once. Fails conflict
     * if the first one is not being imported any more, and not-found if the second one is gone.
     */
    public static final Address<ImportMove, None> IMPORT_MOVE = new Address<>("messages.import-move");

    /** The maximum number of messages of one import. */
    public static final int MAX_IMPORT = 200;

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
            @Nullable String reasoning,
            @Nullable ProviderState providerState) {
        public Post(Caller caller, UUID conversationId, UUID newId, MessageDraft draft) {
            this(caller, conversationId, newId, draft, null, null);
        }

        public Post(Caller caller, UUID conversationId, MessageDraft draft) {
            this(caller, conversationId, Ids.next(), draft);
        }
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

    public record Find(Caller caller, UUID id) {}

    /** @param deleted true lists the trash instead */
    public record ListConversation(Caller caller, UUID conversationId, boolean deleted, PageRequest page) {
        public ListConversation(Caller caller, UUID conversationId, PageRequest page) {
            this(caller, conversationId, false, page);
        }
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
    }

    public record Delete(Caller caller, UUID id, Versions versions) {}

    public record Restore(Caller caller, UUID id) {}

    public record ListThread(Caller caller, UUID conversationId, UUID messageId, PageRequest page) {}

    public record ListBranch(Caller caller, UUID conversationId, UUID leafId, PageRequest page) {}

    /**
     * @param target the conversation that the messages are to be moved to; their parents may be there. Null if they stay.
     * @param messages 1 to {@link #MAX_IMPORT}
     */
    public record Import(
            Caller caller, UUID conversationId, @Nullable UUID target, List<ImportedMessage> messages) {
        public Import {
            if (messages.isEmpty() || messages.size() > MAX_IMPORT)
                throw Problem.invalid("messages", "must be from 1 to " + MAX_IMPORT);
            messages = List.copyOf(messages);
        }

        public Import(Caller caller, UUID conversationId, List<ImportedMessage> messages) {
            this(caller, conversationId, null, messages);
        }
    }

    /**
     * A message with its id and its original times; the id of the draft is ignored.
     *
     * @param reasoning what the model thought before it answered
     */
    public record ImportedMessage(
            UUID id,
            MessageDraft draft,
            @Nullable String reasoning,
            @Nullable ImportedFeedback feedback,
            Instant createdAt,
            Instant updatedAt) {
        public ImportedMessage(UUID id, MessageDraft draft, Instant createdAt, Instant updatedAt) {
            this(id, draft, null, null, createdAt, updatedAt);
        }

        public ImportedMessage {
            Limits.checkText("/reasoning", reasoning, Limits.CONTENT);
        }
    }

    /** What the user thought of an answer. */
    public record ImportedFeedback(boolean isUp, @Nullable String comment) {}

    public record ImportFind(Caller caller, List<UUID> ids) {
        public ImportFind {
            ids = List.copyOf(ids);
        }
    }

    /** Without those that are free. */
    public record TakenIds(List<TakenId> ids) {}

    /** @param conversationId the conversation of the message that has the id */
    public record TakenId(UUID id, UUID conversationId) {}

    /**
     * @param from as in {@link Import#conversationId}
     * @param to as in {@link Import#target}
     */
    public record ImportMove(Caller caller, UUID from, UUID to) {}

    private Messages() {}
}
