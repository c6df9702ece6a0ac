package io.parley.transfer;

import io.parley.contracts.conversations.Conversations.ConversationDraft;
import io.parley.contracts.conversations.ImportedConversations.KnownImport;
import io.parley.contracts.messages.ImportedMessages;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.Micros;
import io.parley.kernel.Problem;
import io.parley.transfer.LineImport.Outcome;
import io.parley.transfer.lines.LineNotes;
import io.parley.transfer.sources.SourceHead;
import io.parley.transfer.sources.SourceMessage;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Imports one conversation: nobody sees it until all its messages are stored. */
final class ConversationImport {
    /** Characters per request to the messages module, approximately. */
    private static final int MAX_BATCH = 1024 * 1024;

    private final Bus bus;
    private final Caller caller;
    private final Optional<UUID> lineId;
    private final LineNotes notes;
    private final Drafts drafts;
    private final List<SourceMessage> batch = new ArrayList<>();
    private int batchSize;
    private @Nullable Begun begun;

    private record Begun(Staging staging, MessageStorage messages, MessageTimes times) {}

    /** @param lineId identifies a conversation that has no ids; if empty, it is another one each time */
    ConversationImport(Bus bus, Caller caller, Optional<UUID> lineId, LineNotes notes) {
        this.bus = bus;
        this.caller = caller;
        this.lineId = lineId;
        this.notes = notes;
        this.drafts = new Drafts(notes);
    }

    /** @param head the conversation's other fields as far as they were read; an id counts only if it precedes the messages */
    Future<Void> add(SourceMessage message, Supplier<SourceHead> head) {
        batch.add(message);
        batchSize += length(message.content()) + length(message.reasoning());
        return batch.size() == ImportedMessages.MAX || batchSize > MAX_BATCH
                ? storeBatch(head.get()).mapEmpty()
                : Future.succeededFuture();
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }

    /** Makes everything visible. If it fails, call {@link #cancel}. */
    Future<Outcome> finish(SourceHead head) {
        var draft = drafts.conversation(head);
        return storeBatch(head).compose(stored -> {
            requireSaidBefore(head, stored.staging);
            var known = stored.staging.known();
            return known == null ? publish(stored, head, draft) : grow(stored, known);
        });
    }

    // Messages that were stored before it was said have not been encrypted. One that is there stays as it is.
    private static void requireSaidBefore(SourceHead head, Staging staging) {
        if (staging.known() == null && head.encrypted() != null && head.encrypted() != staging.isEncrypted())
            throw Problem.invalid("/encrypted", "must come before the messages");
    }

    /** Removes what is hidden. Returns the outcome if everything can be seen nevertheless, because only a reply was lost. */
    Future<Optional<Outcome>> cancel() {
        if (begun == null) return Future.succeededFuture(Optional.empty());
        var outcome = begun.staging.known() == null ? Outcome.IMPORTED : Outcome.UPDATED;
        return begun.staging
                .cancel(begun.messages.newest())
                .map(isVisible -> isVisible ? Optional.of(outcome) : Optional.empty());
    }

    private Future<Outcome> publish(Begun stored, SourceHead head, ConversationDraft draft) {
        var first = stored.times.first();
        var created =
                head.createdAt() != null ? head.createdAt() : first != null ? first : Micros.truncate(Instant.now());
        var updated = later(head.updatedAt() == null ? created : head.updatedAt(), stored.times.last());
        return stored.staging
                .publish(draft, drafts.settings(head, stored.messages.leaf()), created, updated)
                .map(Outcome.IMPORTED);
    }

    private static Instant later(Instant one, @Nullable Instant other) {
        return other != null && other.isAfter(one) ? other : one;
    }

    private Future<Outcome> grow(Begun stored, KnownImport known) {
        boolean hasGrown = stored.messages.newest().isPresent();
        if (!hasGrown) notes.clear();
        if (known.isDeleted()) notes.add("the conversation is in the trash");
        return hasGrown
                ? stored.staging
                        .move(known, Objects.requireNonNull(stored.times.last()), stored.messages.leaf())
                        .map(Outcome.UPDATED)
                : Future.succeededFuture(Outcome.UNCHANGED);
    }

    private Future<Begun> storeBatch(SourceHead head) {
        return begin(head).compose(started -> {
            var messages = List.copyOf(batch);
            batch.clear();
            batchSize = 0;
            return started.messages.store(messages).map(started);
        });
    }

    private Future<Begun> begin(SourceHead head) {
        if (begun != null) return Future.succeededFuture(begun);
        var originalId = originalId(head);
        var staging = new Staging(bus, caller, originalId, head.encrypted());
        var times = new MessageTimes(head.createdAt());
        var ids = new MessageIds(bus, caller, originalId);
        var started = new Begun(
                staging, new MessageStorage(bus, caller, staging, drafts, ids, times, head.currentLeaf()), times);
        return staging.begin().onSuccess(done -> begun = started).map(started);
    }

    // Short ids such as "7" mean different conversations in different documents, so what was said first counts as well.
    private UUID originalId(SourceHead head) {
        var first = batch.isEmpty() ? null : batch.get(0);
        if (head.id() != null) {
            var said = first == null ? "" : first.role() + ":" + first.content();
            return Ids.parse(head.id()).orElseGet(() -> Ids.within(caller.userId(), head.id() + "\n" + said));
        }
        return first == null || first.id() == null
                ? lineId.orElseGet(Ids::next)
                : Ids.within(caller.userId(), "conversation of " + first.id());
    }
}
