package io.parley.transfer;

import io.parley.contracts.messages.ImportedMessages;
import io.parley.contracts.messages.ImportedMessages.ImportedMessage;
import io.parley.contracts.messages.MessageDraft;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.transfer.MessageIds.Keyed;
import io.parley.transfer.MessageIds.Place;
import io.parley.transfer.sources.SourceMessage;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Stores the messages of one conversation in its {@link Staging}, many at once, except those that are known already. */
final class MessageStorage {
    // Another import of the same messages can take their ids at any moment.
    private static final int ATTEMPTS = 3;

    private final Bus bus;
    private final Caller caller;
    private final Staging staging;
    private final Drafts drafts;
    private final MessageIds ids;
    private final MessageTimes times;
    private final @Nullable String leafId;
    private @Nullable UUID last;
    private @Nullable UUID newest;
    private @Nullable UUID leaf;

    private record Prepared(Keyed keyed, MessageDraft draft, Instant createdAt) {
        SourceMessage source() {
            return keyed.message();
        }
    }

    /** @param leafId the original id of the message that is the conversation's current leaf */
    MessageStorage(
            Bus bus,
            Caller caller,
            Staging staging,
            Drafts drafts,
            MessageIds ids,
            MessageTimes times,
            @Nullable String leafId) {
        this.bus = bus;
        this.caller = caller;
        this.staging = staging;
        this.drafts = drafts;
        this.ids = ids;
        this.times = times;
        this.leafId = leafId;
    }

    Future<Void> store(List<SourceMessage> messages) {
        var prepared = prepare(messages);
        return prepared.isEmpty() ? Future.succeededFuture() : store(prepared, 1);
    }

    /** The last of the new messages; empty if there is none. */
    Optional<UUID> newest() {
        return Optional.ofNullable(newest);
    }

    /** The current leaf, if its message is among the new ones. */
    @Nullable UUID leaf() {
        return leaf;
    }

    private List<Prepared> prepare(List<SourceMessage> messages) {
        var at = times.next(messages);
        List<Prepared> prepared = new ArrayList<>();
        for (int place = 0; place < messages.size(); place++) {
            var time = at.get(place);
            var message = messages.get(place);
            drafts.message(message)
                    .ifPresent(draft -> prepared.add(new Prepared(ids.key(message, draft), draft, time)));
        }
        return prepared;
    }

    private Future<Void> store(List<Prepared> messages, int attempt) {
        var keyed = messages.stream().map(Prepared::keyed).toList();
        return ids.places(keyed, staging.hiddenId(), staging.knownId())
                .compose(places -> send(imported(messages, places)).onSuccess(sent -> remember(messages, places)))
                .recover(failure -> attempt < ATTEMPTS && Staging.isConflict(failure)
                        ? store(messages, attempt + 1)
                        : Future.failedFuture(failure));
    }

    private Future<Void> send(List<ImportedMessage> messages) {
        return messages.isEmpty()
                ? Future.succeededFuture()
                : staging.hidden()
                        .compose(hidden -> bus.ask(
                                ImportedMessages.STORE,
                                new ImportedMessages.Store(caller, hidden, staging.knownId(), messages)))
                        .mapEmpty();
    }

    private List<ImportedMessage> imported(List<Prepared> messages, List<Place> places) {
        List<ImportedMessage> imported = new ArrayList<>();
        var previous = last;
        for (int at = 0; at < messages.size(); at++) {
            var place = places.get(at);
            if (place.isNew()) imported.add(imported(messages.get(at), place, previous));
            previous = place.id();
        }
        return imported;
    }

    private ImportedMessage imported(Prepared message, Place place, @Nullable UUID previous) {
        var source = message.source();
        var parent = place.parentId() != null ? place.parentId() : source.isRoot() ? null : previous;
        return new ImportedMessage(
                place.id(),
                parent == null ? message.draft() : message.draft().inReplyTo(parent),
                drafts.reasoning(source),
                drafts.feedback(source.feedback()),
                parent == null,
                message.createdAt(),
                source.updatedAt() == null ? message.createdAt() : source.updatedAt());
    }

    private void remember(List<Prepared> messages, List<Place> places) {
        for (int at = 0; at < messages.size(); at++) {
            var place = places.get(at);
            last = place.id();
            if (!place.isNew()) continue;
            newest = place.id();
            if (Objects.equals(leafId, messages.get(at).source().id()) && leafId != null) leaf = place.id();
        }
    }
}
