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
import io.vertx.core.Future;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One conversation on its way in: hidden until all of its messages are stored, then there at once, or not at all. */
final class ConversationIntake {
    /** In characters: what one question to the messages module carries, about. */
    private static final int MAX_BATCH = 1024 * 1024;

    private final Bus bus;
    private final Caller caller;
    private final Optional<UUID> made;
    private final List<MessageForm> batch = new ArrayList<>();
    private int batchSize;
    private boolean isHereAlready;
    private @Nullable UUID sourceId;
    private @Nullable PendingImport importing;
    private @Nullable Instant first;
    private @Nullable Instant last;

    /** @param made the id where the line names none; empty leaves it to the conversations module */
    ConversationIntake(Bus bus, Caller caller, Optional<UUID> made) {
        this.bus = bus;
        this.caller = caller;
        this.made = made;
    }

    /** Whether it could not begin because it came in before, with the same made id. */
    boolean isHereAlready() {
        return isHereAlready;
    }

    /** @param head what is known of the conversation so far; its id is of use only where it comes before the messages */
    Future<Void> add(MessageForm message, ObjectNode head) {
        message.draft();
        batch.add(message);
        batchSize += size(message);
        return batch.size() == Messages.MAX_IMPORT || batchSize > MAX_BATCH ? store(head) : Future.succeededFuture();
    }

    private static int size(MessageForm message) {
        return message.content() == null ? 0 : message.content().length();
    }

    /** Shows it; fails where it cannot be taken in, and then it must be given up. */
    Future<Void> finish(ObjectNode head) {
        var form = ConversationForm.of(head);
        var draft = form.draft();
        return store(head).compose(stored -> {
            var begun = begun();
            var created = form.createdAt() != null ? form.createdAt() : first != null ? first : now();
            var updated = later(form.updatedAt() == null ? created : form.updatedAt(), last);
            return bus.ask(
                            Conversations.IMPORT_PUBLISH,
                            new Conversations.ImportPublish(
                                    caller, sourceId, begun.id(), begun.until(), draft, created, updated))
                    .mapEmpty();
        });
    }

    /** Brings true where it has been published all the same, and only the answer was lost. */
    Future<Boolean> giveUp() {
        if (importing == null) return Future.succeededFuture(false);
        return bus.ask(
                        Conversations.IMPORT_DROP,
                        new Conversations.ImportDrop(caller, importing.id(), importing.until()))
                .map(false)
                .recover(failure -> Future.succeededFuture(Importer.isConflict(failure)));
    }

    private Future<Void> store(ObjectNode head) {
        return begin(head).compose(begun -> batch.isEmpty() ? Future.succeededFuture() : storeBatch(begun));
    }

    private Future<PendingImport> begin(ObjectNode head) {
        if (importing != null) return Future.succeededFuture(importing);
        var named = Ids.parse(head.path("id").asText());
        sourceId = named.or(() -> made).orElse(null);
        return bus.ask(Conversations.IMPORT_BEGIN, new Conversations.ImportBegin(caller, sourceId))
                .onSuccess(begun -> importing = begun)
                .onFailure(
                        failure -> isHereAlready = named.isEmpty() && made.isPresent() && Importer.isConflict(failure));
    }

    private Future<Void> storeBatch(PendingImport begun) {
        var messages = batch.stream().map(this::past).toList();
        batch.clear();
        batchSize = 0;
        return bus.ask(Messages.IMPORT, new Messages.Import(caller, begun.id(), messages))
                .mapEmpty();
    }

    // Messages of a conversation are in the order of their times, so no two have the same.
    private ImportedMessage past(MessageForm form) {
        var at = form.createdAt() == null ? now() : form.createdAt();
        if (last != null && !at.isAfter(last)) at = last.plus(1, ChronoUnit.MICROS);
        if (first == null) first = at;
        last = at;
        var draft = form.draft();
        return new ImportedMessage(
                form.id() == null ? Ids.next() : here(form.id()),
                draft.parentId() == null ? draft : draft.inReplyTo(here(draft.parentId())),
                at,
                form.updatedAt() == null ? at : form.updatedAt());
    }

    // Where the conversation has got another id, another user has it here, and its messages with it, or an attempt that
    // failed has left some of them over. Those of one without an id are the same in each attempt, so as not to be
    // doubled.
    private UUID here(UUID id) {
        if (begun().id().equals(sourceId)) return id;
        return Ids.within(sourceId == null ? caller.userId() : begun().id(), id);
    }

    private PendingImport begun() {
        if (importing == null) throw new IllegalStateException("not begun");
        return importing;
    }

    private static Instant later(Instant one, @Nullable Instant other) {
        return other != null && other.isAfter(one) ? other : one;
    }

    private static Instant now() {
        return Micros.truncate(Instant.now());
    }
}
