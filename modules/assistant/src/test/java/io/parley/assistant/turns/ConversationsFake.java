package io.parley.assistant.turns;

import io.parley.contracts.conversations.Conversation;
import io.parley.contracts.conversations.Conversations;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Problem;
import io.parley.testing.SampleConversation;
import io.vertx.core.Future;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Keeps conversations and their settings in memory. */
final class ConversationsFake {
    private final Map<UUID, Conversation> conversations = new ConcurrentHashMap<>();
    private final ReceivedQueries received;

    ConversationsFake(ReceivedQueries received) {
        this.received = received;
    }

    Future<?> answer(Bus bus) {
        return Future.all(
                received.answer(bus, Conversations.FIND, this::find),
                received.answer(bus, Conversations.UPDATE, this::rename));
    }

    /** The test database has the same conversation, because turns refer to it. */
    void has(UUID id, Caller owner) {
        conversations.put(id, SampleConversation.of(id, owner.userId()));
    }

    /** From now on, the conversation has these. */
    void set(UUID id, @Nullable String instructions, @Nullable String provider, @Nullable String model) {
        var old = conversations.get(id);
        conversations.put(
                id,
                new Conversation(
                        id,
                        old.userId(),
                        old.title(),
                        old.description(),
                        old.metadata(),
                        instructions,
                        provider,
                        model,
                        old.currentLeaf(),
                        old.createdAt(),
                        old.updatedAt(),
                        null));
    }

    void clear() {
        conversations.clear();
    }

    Conversation get(UUID id) {
        return conversations.get(id);
    }

    @Nullable UUID leaf(UUID conversation) {
        return conversations.get(conversation).currentLeaf();
    }

    void moveLeaf(UUID conversation, UUID to) {
        var old = conversations.get(conversation);
        conversations.put(
                old.id(),
                new Conversation(
                        old.id(),
                        old.userId(),
                        old.title(),
                        old.description(),
                        old.metadata(),
                        old.instructions(),
                        old.provider(),
                        old.model(),
                        to,
                        old.createdAt(),
                        old.updatedAt(),
                        null));
    }

    private Future<Conversation> find(Conversations.Find query) {
        var found = conversations.get(query.id());
        if (found == null) throw Problem.notFound("conversation");
        if (!found.userId().equals(query.caller().userId())) throw Problem.forbidden("conversation");
        return Future.succeededFuture(found);
    }

    private Future<Conversation> rename(Conversations.Update command) {
        var old = conversations.get(command.id());
        var named = new Conversation(
                old.id(),
                old.userId(),
                command.patch().title().value(),
                null,
                old.metadata(),
                old.instructions(),
                old.provider(),
                old.model(),
                old.currentLeaf(),
                old.createdAt(),
                old.updatedAt(),
                null);
        conversations.put(old.id(), named);
        return Future.succeededFuture(named);
    }
}
