package io.parley.contracts.messages;

import io.parley.contracts.Limits;
import io.parley.kernel.Address;
import io.parley.kernel.Caller;
import io.parley.kernel.None;
import io.parley.kernel.Problem;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the messages module answers to imports of messages that were exported. Failures are as in {@link Messages}. */
public final class ImportedMessages {
    /**
     * Stores messages that were exported, with their original times, in a conversation that is being imported: all of them or
     * none. A parent must be stored before its replies or with them. A message without such a parent follows the previous one
     * in time, unless it is said to be a root. Fails not-found if the conversation is not being imported, and conflict if an id
     * is taken.
     */
    public static final Address<Store, None> STORE = new Address<>("messages.import");

    /** Which of these ids the caller's messages have, deleted ones included. */
    public static final Address<Find, TakenIds> FIND = new Address<>("messages.import-find");

    /**
     * Moves the messages of a conversation that is being imported to one that was imported before, all at once. The current
     * leaf of that one becomes the newest live message at or below the given leaf or, without one, at or below itself. Fails
     * conflict if the first one is not being imported any more, and not-found if the second one is gone.
     */
    public static final Address<Move, None> MOVE = new Address<>("messages.import-move");

    /** The maximum number of messages of one import. */
    public static final int MAX = 200;

    /**
     * @param target the conversation that the messages are to be moved to; their parents may be there. Null if they stay.
     * @param messages 1 to {@link #MAX}
     */
    public record Store(
            Caller caller, UUID conversationId, @Nullable UUID target, List<ImportedMessage> messages) {
        public Store {
            if (messages.isEmpty() || messages.size() > MAX)
                throw Problem.invalid("messages", "must be from 1 to " + MAX);
            messages = List.copyOf(messages);
        }

        public Store(Caller caller, UUID conversationId, List<ImportedMessage> messages) {
            this(caller, conversationId, null, messages);
        }
    }

    /**
     * A message with its id and its original times; the id of the draft is ignored.
     *
     * @param reasoning what the model thought before it answered
     * @param feedback on an answer; that on any other message is ignored
     * @param isRoot whether it begins the conversation, or another branch beside the beginning, if the draft has no parent
     */
    public record ImportedMessage(
            UUID id,
            MessageDraft draft,
            @Nullable String reasoning,
            @Nullable Feedback feedback,
            boolean isRoot,
            Instant createdAt,
            Instant updatedAt) {
        public ImportedMessage(UUID id, MessageDraft draft, boolean isRoot, Instant createdAt, Instant updatedAt) {
            this(id, draft, null, null, isRoot, createdAt, updatedAt);
        }

        public ImportedMessage {
            Limits.checkText("/reasoning", reasoning, Limits.CONTENT);
        }
    }

    public record Find(Caller caller, List<UUID> ids) {
        public Find {
            ids = List.copyOf(ids);
        }
    }

    /** Without those that are free. */
    public record TakenIds(List<TakenId> ids) {}

    /** @param conversationId the conversation of the message that has the id */
    public record TakenId(UUID id, UUID conversationId) {}

    /**
     * @param from as in {@link Store#conversationId}
     * @param to as in {@link Store#target}
     * @param currentLeaf one of these messages, if the document says so; null leaves the current leaf on its branch
     */
    public record Move(
            Caller caller, UUID from, UUID to, @Nullable UUID currentLeaf) {}

    private ImportedMessages() {}
}
