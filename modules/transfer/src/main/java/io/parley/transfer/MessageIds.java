package io.parley.transfer;

import io.parley.contracts.ImportIds;
import io.parley.contracts.messages.ImportedMessages;
import io.parley.contracts.messages.ImportedMessages.TakenId;
import io.parley.contracts.messages.MessageDraft;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.Problem;
import io.parley.transfer.sources.SourceMessage;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Under which ids the messages of one conversation are stored. A message keeps an id that is a UUID and free. Otherwise it
 * gets one that is derived from its original id, or from what it says and what it follows; the same each time.
 */
final class MessageIds {
    private final Bus bus;
    private final Caller caller;
    private final UUID originalId;
    private String previous = "";

    /**
     * @param parentId null if the parent is not stored
     * @param isNew whether there is no such message yet
     */
    record Place(UUID id, @Nullable UUID parentId, boolean isNew) {}

    /** @param key the first candidate for the id */
    record Keyed(SourceMessage message, UUID key) {}

    /** @param originalId identifies the conversation in every import of it */
    MessageIds(Bus bus, Caller caller, UUID originalId) {
        this.bus = bus;
        this.caller = caller;
        this.originalId = originalId;
    }

    /** To be called for all messages in their order. */
    Keyed key(SourceMessage message, MessageDraft draft) {
        var key = message.id() == null ? said(draft) : key(message.id());
        previous = key.toString();
        return new Keyed(message, key);
    }

    private UUID key(String id) {
        return Ids.parse(id).orElseGet(() -> Ids.within(originalId, id));
    }

    private UUID said(MessageDraft draft) {
        var said = List.of(previous, draft.role(), String.valueOf(draft.content()), String.valueOf(draft.toolCalls()));
        return Ids.within(originalId, said.toString());
    }

    /**
     * The places of some messages, in their order.
     *
     * @param staged the conversation that has those of the messages before that are new; null if there is none
     * @param known the conversation that an earlier import has stored; null if there is none
     */
    Future<List<Place>> places(List<Keyed> messages, @Nullable UUID staged, @Nullable UUID known) {
        // Other candidates than the first one are rare, except in what was stored before.
        return places(new Search(messages, staged, known), known == null ? 1 : ImportIds.CANDIDATES);
    }

    private record Search(
            List<Keyed> messages,
            @Nullable UUID staged,
            @Nullable UUID known) {
        /** The conversation in which the messages will be in the end. */
        @Nullable UUID home() {
            return known == null ? staged : known;
        }

        boolean isOurs(@Nullable UUID conversation) {
            return conversation != null && (conversation.equals(staged) || conversation.equals(known));
        }
    }

    private Future<List<Place>> places(Search search, int candidates) {
        var ids = Stream.concat(
                        search.messages.stream().map(Keyed::key),
                        search.messages.stream().flatMap(each -> parentKey(each.message())))
                .distinct()
                .flatMap(key -> candidates(search, key, candidates))
                .toList();
        return bus.ask(ImportedMessages.FIND, new ImportedMessages.Find(caller, ids))
                .compose(taken -> new Placement(search, candidates, conversations(taken.ids()))
                        .places()
                        .map(Future::succeededFuture)
                        .orElseGet(() -> candidates == ImportIds.CANDIDATES
                                ? Future.failedFuture(Problem.conflict("/id", "all ids for this message are taken"))
                                : places(search, ImportIds.CANDIDATES)));
    }

    private static Map<UUID, UUID> conversations(List<TakenId> taken) {
        return taken.stream().collect(Collectors.toMap(TakenId::id, TakenId::conversationId));
    }

    private Stream<UUID> parentKey(SourceMessage message) {
        return Stream.ofNullable(message.parentId()).map(this::key);
    }

    // If the conversation did not get its original id, another import of the same messages failed or is running, so
    // their original ids are taken or will be.
    private Stream<UUID> candidates(Search search, UUID key, int limit) {
        var home = search.home();
        return Stream.of(ImportIds.candidates(home == null ? originalId : home, key))
                .skip(home == null || home.equals(originalId) ? 0 : 1)
                .limit(limit);
    }

    private final class Placement {
        private final Search search;
        private final int candidates;
        private final Map<UUID, UUID> conversations;
        private final Map<UUID, UUID> placed = new HashMap<>();
        private final Set<UUID> used = new HashSet<>();

        Placement(Search search, int candidates, Map<UUID, UUID> conversations) {
            this.search = search;
            this.candidates = candidates;
            this.conversations = conversations;
        }

        // Empty if more candidates are needed.
        Optional<List<Place>> places() {
            List<Place> places = new ArrayList<>();
            for (var each : search.messages) {
                var parent = parentKey(each.message()).findFirst();
                if (parent.isPresent() && isElsewhere(parent.get())) return Optional.empty();
                var id = free(each.key());
                if (id.isEmpty()) return Optional.empty();
                places.add(new Place(id.get(), parent.flatMap(this::stored).orElse(null), !isKnown(id.get())));
                used.add(id.get());
                placed.putIfAbsent(each.key(), id.get());
            }
            return Optional.of(places);
        }

        // If two messages have the same id, the second one gets another.
        private Optional<UUID> free(UUID key) {
            return candidates(search, key, candidates)
                    .filter(candidate -> !used.contains(candidate))
                    .filter(candidate -> !conversations.containsKey(candidate) || isKnown(candidate))
                    .findFirst();
        }

        private boolean isKnown(UUID id) {
            return search.known != null && search.known.equals(conversations.get(id));
        }

        // Then the parent is stored under another candidate.
        private boolean isElsewhere(UUID key) {
            return candidates == 1
                    && !placed.containsKey(key)
                    && candidates(search, key, 1)
                            .anyMatch(id -> conversations.containsKey(id) && !search.isOurs(conversations.get(id)));
        }

        private Optional<UUID> stored(UUID key) {
            var here = placed.get(key);
            return here != null
                    ? Optional.of(here)
                    : candidates(search, key, candidates)
                            .filter(candidate -> search.isOurs(conversations.get(candidate)))
                            .findFirst();
        }
    }
}
