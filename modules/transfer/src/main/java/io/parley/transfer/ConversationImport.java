package io.parley.transfer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.conversations.Conversations.PendingImport;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.messages.Messages.ImportedMessage;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.Micros;
import io.parley.transfer.lines.ConversationLine;
import io.parley.transfer.lines.MessageLine;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Imports one conversation. It stays hidden until all its messages are stored, and is then published at once. */
final class ConversationImport {
    /** Characters of content per request to the messages module, approximately. */
    private static final int MAX_BATCH = 1024 * 1024;

    private final Bus bus;
    private final Caller caller;
    private final Optional<UUID> derivedId;
    private final List<MessageLine> batch = new ArrayList<>();
    private int batchSize;
    private boolean isAlreadyImported;
    private @Nullable UUID originalId;
    private @Nullable PendingImport pending;
    private @Nullable Instant firstTime;
    private @Nullable Instant lastTime;

    /** @param derivedId used if the line has no id; if empty, the conversations module creates one */
    ConversationImport(Bus bus, Caller caller, Optional<UUID> derivedId) {
        this.bus = bus;
        this.caller = caller;
        this.derivedId = derivedId;
    }

    /** Whether the import could not begin because there is already a conversation with the same derived id. */
    boolean isAlreadyImported() {
        return isAlreadyImported;
    }

    /** @param head the conversation's other fields as far as they were read; an id counts only if it precedes the messages */
    Future<Void> add(MessageLine message, ObjectNode head) {
        message.draft(); // fails here if invalid, so that the caller can point at this message
        batch.add(message);
        batchSize += size(message);
        return batch.size() == Messages.MAX_IMPORT || batchSize > MAX_BATCH
                ? storeBatch(head)
                : Future.succeededFuture();
    }

    private static int size(MessageLine message) {
        return message.content() == null ? 0 : message.content().length();
    }

    /** Publishes the conversation. If it fails, call {@link #cancel}. */
    Future<Void> finish(ObjectNode head) {
        var line = ConversationLine.of(head);
        var draft = line.draft();
        return storeBatch(head).compose(stored -> {
            var begun = pending();
            var createdAt = line.createdAt() != null ? line.createdAt() : firstTime != null ? firstTime : now();
            var updatedAt = later(line.updatedAt() == null ? createdAt : line.updatedAt(), lastTime);
            return bus.ask(
                            Conversations.IMPORT_PUBLISH,
                            new Conversations.ImportPublish(
                                    caller,
                                    originalId,
                                    begun.id(),
                                    begun.until(),
                                    draft,
                                    line.currentLeaf() == null ? null : storedId(line.currentLeaf()),
                                    createdAt,
                                    updatedAt))
                    .mapEmpty();
        });
    }

    /** Removes the hidden conversation. Returns true if it is published nevertheless and only the reply was lost. */
    Future<Boolean> cancel() {
        if (pending == null) return Future.succeededFuture(false);
        return bus.ask(Conversations.IMPORT_DROP, new Conversations.ImportDrop(caller, pending.id(), pending.until()))
                .map(false)
                .recover(failure -> Future.succeededFuture(LineImport.isConflict(failure)));
    }

    private Future<Void> storeBatch(ObjectNode head) {
        return begin(head)
                .compose(begun -> batch.isEmpty()
                        ? Future.succeededFuture()
                        : sendBatch(begun, ConversationLine.hasParents(head)));
    }

    private Future<PendingImport> begin(ObjectNode head) {
        if (pending != null) return Future.succeededFuture(pending);
        var ownId = Ids.parse(head.path("id").asText());
        originalId = ownId.or(() -> derivedId).orElse(null);
        return bus.ask(Conversations.IMPORT_BEGIN, new Conversations.ImportBegin(caller, originalId))
                .onSuccess(begun -> pending = begun)
                .onFailure(failure ->
                        isAlreadyImported = ownId.isEmpty() && derivedId.isPresent() && LineImport.isConflict(failure));
    }

    private Future<Void> sendBatch(PendingImport begun, boolean hasParents) {
        var messages =
                batch.stream().map(message -> imported(message, hasParents)).toList();
        batch.clear();
        batchSize = 0;
        return bus.ask(Messages.IMPORT, new Messages.Import(caller, begun.id(), messages))
                .mapEmpty();
    }

    // Messages of a conversation are listed by their times, so no two may have the same.
    private ImportedMessage imported(MessageLine message, boolean hasParents) {
        var createdAt = message.createdAt() == null ? now() : message.createdAt();
        if (lastTime != null && !createdAt.isAfter(lastTime)) createdAt = lastTime.plus(1, ChronoUnit.MICROS);
        if (firstTime == null) firstTime = createdAt;
        lastTime = createdAt;
        var draft = message.draft();
        return new ImportedMessage(
                message.id() == null ? Ids.next() : storedId(message.id()),
                draft.parentId() == null ? draft : draft.inReplyTo(storedId(draft.parentId())),
                hasParents && draft.parentId() == null,
                createdAt,
                message.updatedAt() == null ? createdAt : message.updatedAt());
    }

    // If the conversation got another id than its original one, then the original ids of its messages are
    // probably taken as well: by another user who has the same conversation, or by messages that a failed
    // attempt left. In a conversation without an id each attempt must give its messages the same ids, so that
    // they are not stored twice.
    private UUID storedId(UUID id) {
        if (pending().id().equals(originalId)) return id;
        return Ids.within(originalId == null ? caller.userId() : pending().id(), id);
    }

    private PendingImport pending() {
        if (pending == null) throw new IllegalStateException("the import of the conversation has not begun");
        return pending;
    }

    private static Instant later(Instant one, @Nullable Instant other) {
        return other != null && other.isAfter(one) ? other : one;
    }

    private static Instant now() {
        return Micros.truncate(Instant.now());
    }
}
