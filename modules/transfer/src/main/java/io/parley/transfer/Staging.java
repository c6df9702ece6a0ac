package io.parley.transfer;

import io.parley.contracts.conversations.Conversations.ConversationDraft;
import io.parley.contracts.conversations.ImportedConversations;
import io.parley.contracts.conversations.ImportedConversations.ImportedSettings;
import io.parley.contracts.conversations.ImportedConversations.KnownImport;
import io.parley.contracts.conversations.ImportedConversations.PendingImport;
import io.parley.contracts.messages.ImportedMessages;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where the messages of one conversation are stored until all of them are there: a hidden conversation. It becomes visible,
 * or its messages are moved to the conversation that an earlier import has stored.
 */
final class Staging {
    private final Bus bus;
    private final Caller caller;
    private final UUID originalId;
    private final @Nullable Boolean encrypted;
    private @Nullable KnownImport known;
    private @Nullable PendingImport pending;

    /**
     * @param originalId identifies the conversation in every import of it
     * @param encrypted whether a new conversation is; null leaves it to the user
     */
    Staging(Bus bus, Caller caller, UUID originalId, @Nullable Boolean encrypted) {
        this.bus = bus;
        this.caller = caller;
        this.originalId = originalId;
        this.encrypted = encrypted;
    }

    /** Finds out whether there is such a conversation already; if not, creates a hidden one. */
    Future<Void> begin() {
        return create(originalId, encrypted)
                .recover(failure -> isConflict(failure) ? findKnown() : Future.failedFuture(failure));
    }

    /** What an earlier import has stored; null if there is nothing. */
    @Nullable KnownImport known() {
        return known;
    }

    @Nullable UUID knownId() {
        return known == null ? null : known.id();
    }

    /** The hidden conversation; null if there is none yet. */
    @Nullable UUID hiddenId() {
        return pending == null ? null : pending.id();
    }

    /** Whether messages are stored encrypted; known after {@link #begin}. */
    boolean isEncrypted() {
        return known == null ? pending().encrypted() : known.encrypted();
    }

    /** Creates the hidden conversation for new messages of a known one, unless it is there. */
    Future<UUID> hidden() {
        return (pending == null ? create(Ids.next(), isEncrypted()) : Future.<Void>succeededFuture())
                .map(created -> pending().id());
    }

    Future<Void> publish(ConversationDraft draft, ImportedSettings settings, Instant createdAt, Instant updatedAt) {
        return bus.ask(
                        ImportedConversations.PUBLISH,
                        new ImportedConversations.Publish(
                                caller,
                                originalId,
                                pending().id(),
                                pending().until(),
                                pending().encrypted(),
                                draft,
                                settings,
                                createdAt,
                                updatedAt))
                .mapEmpty();
    }

    /**
     * Moves the new messages to the known conversation; the hidden one is left to the purge.
     *
     * @param currentLeaf that of the document if its message is a new one; null leaves the current leaf on its branch
     */
    Future<Void> move(KnownImport target, Instant newest, @Nullable UUID currentLeaf) {
        return bus.ask(ImportedConversations.GROW, new ImportedConversations.Grow(caller, target.id(), newest))
                .compose(grown -> bus.ask(
                        ImportedMessages.MOVE,
                        new ImportedMessages.Move(caller, pending().id(), target.id(), currentLeaf)))
                .compose(moved -> drop().transform(dropped -> Future.succeededFuture()));
    }

    /**
     * Removes the hidden conversation. Returns true if its messages can be seen nevertheless, because only a reply was lost.
     *
     * @param newMessage one of the messages that were to be added; empty if there is none
     */
    Future<Boolean> cancel(Optional<UUID> newMessage) {
        if (pending == null) return Future.succeededFuture(false);
        var target = known;
        if (target == null) return drop().map(false).recover(failure -> Future.succeededFuture(isConflict(failure)));
        return drop().transform(dropped ->
                newMessage.map(id -> isIn(target.id(), id).otherwise(false)).orElse(Future.succeededFuture(false)));
    }

    private Future<Boolean> isIn(UUID conversationId, UUID messageId) {
        return bus.ask(ImportedMessages.FIND, new ImportedMessages.Find(caller, List.of(messageId)))
                .map(taken -> taken.ids().stream()
                        .anyMatch(each -> each.conversationId().equals(conversationId)));
    }

    private Future<Void> create(UUID id, @Nullable Boolean encrypted) {
        return bus.ask(ImportedConversations.BEGIN, new ImportedConversations.Begin(caller, id, encrypted))
                .onSuccess(begun -> pending = begun)
                .mapEmpty();
    }

    private Future<Void> findKnown() {
        return bus.ask(ImportedConversations.FIND, new ImportedConversations.Find(caller, originalId))
                .onSuccess(found -> known = found)
                .mapEmpty();
    }

    private Future<Void> drop() {
        return bus.ask(
                        ImportedConversations.DROP,
                        new ImportedConversations.Drop(
                                caller, pending().id(), pending().until()))
                .mapEmpty();
    }

    private PendingImport pending() {
        if (pending == null) throw new IllegalStateException("the import of the conversation has not begun");
        return pending;
    }

    static boolean isConflict(Throwable failure) {
        return failure instanceof Problem problem && problem.kind() == Kind.CONFLICT;
    }
}
