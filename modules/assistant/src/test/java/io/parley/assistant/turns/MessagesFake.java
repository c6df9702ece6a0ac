package io.parley.assistant.turns;

import io.parley.contracts.messages.BranchDigest;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.MessageDraft;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.messages.Messages.FindProviderStates;
import io.parley.contracts.messages.Messages.MessageState;
import io.parley.contracts.messages.Messages.Placement;
import io.parley.contracts.messages.Messages.ProviderState;
import io.parley.contracts.messages.Messages.ProviderStates;
import io.parley.contracts.messages.Messages.UpTo;
import io.parley.contracts.messages.Siblings;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Cursor;
import io.parley.kernel.Ids;
import io.parley.kernel.Json;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import io.parley.kernel.Problem;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Keeps the messages of conversations in memory. */
final class MessagesFake {
    private final List<Message> messages = new ArrayList<>();
    private final Map<UUID, ProviderState> states = new ConcurrentHashMap<>();
    private final ReceivedQueries received;
    private final ConversationsFake conversations;

    MessagesFake(ReceivedQueries received, ConversationsFake conversations) {
        this.received = received;
        this.conversations = conversations;
    }

    Future<?> answer(Bus bus) {
        return Future.all(List.of(
                received.answer(bus, Messages.POST, this::post),
                received.answer(bus, Messages.FIND, this::find),
                received.answer(bus, Messages.DIGESTS, this::digests),
                received.answer(bus, Messages.PROVIDER_STATES, this::states),
                received.answer(bus, Messages.LIST_CONVERSATION, this::list),
                received.answer(bus, Messages.BRANCH_OFF, this::branchOff)));
    }

    synchronized void clear() {
        messages.clear();
        states.clear();
    }

    synchronized List<Message> messages() {
        return List.copyOf(messages);
    }

    synchronized void remove(UUID id) {
        messages.removeIf(message -> message.id().equals(id));
    }

    synchronized void replace(UUID id, UnaryOperator<Message> change) {
        messages.replaceAll(message -> message.id().equals(id) ? change.apply(message) : message);
    }

    /** As {@code PATCH} of the content does. */
    void edit(UUID id, String content) {
        replace(
                id,
                old -> new Message(
                        old.id(),
                        old.conversationId(),
                        old.userId(),
                        old.parentId(),
                        old.role(),
                        content,
                        old.parts(),
                        old.reasoning(),
                        old.tokenCount(),
                        old.model(),
                        old.toolCalls(),
                        old.toolResults(),
                        old.metadata(),
                        old.siblings(),
                        old.feedback(),
                        old.createdAt(),
                        old.updatedAt().plusMillis(1),
                        old.deletedAt()));
    }

    void say(UUID conversation, Caller caller, MessageDraft draft) {
        post(new Messages.Post(caller, conversation, draft)).result();
    }

    private synchronized Future<Message> post(Messages.Post command) {
        var draft = command.draft();
        var id = Objects.requireNonNullElseGet(draft.id(), Ids::next);
        for (var message : messages)
            if (message.id().equals(id)) {
                if (!Objects.equals(message.content(), draft.content()))
                    throw Problem.conflict("/id", "another message");
                return Future.succeededFuture(message);
            }
        var at = Instant.EPOCH.plusSeconds(messages.size());
        var message = new Message(
                id,
                command.conversationId(),
                command.caller().userId(),
                parent(command),
                draft.role(),
                draft.content(),
                draft.parts(),
                command.reasoning(),
                draft.tokenCount(),
                draft.model(),
                draft.toolCalls(),
                draft.toolResults(),
                draft.metadata() == null ? Json.EMPTY_OBJECT : draft.metadata(),
                Siblings.ALONE,
                null,
                at,
                at,
                null);
        messages.add(message);
        if (command.providerState() != null) states.put(id, command.providerState());
        conversations.moveLeaf(message.conversationId(), message.id());
        return Future.succeededFuture(message);
    }

    private @Nullable UUID parent(Messages.Post command) {
        if (command.draft().parentId() != null) return command.draft().parentId();
        return command.placement() == Placement.FIRST ? null : conversations.leaf(command.conversationId());
    }

    private Future<Message> branchOff(Messages.BranchOff command) {
        return find(new Messages.Find(command.caller(), command.id()))
                .onSuccess(message -> conversations.moveLeaf(message.conversationId(), message.id()));
    }

    private synchronized Future<Message> find(Messages.Find query) {
        return messages.stream()
                .filter(message -> message.id().equals(query.id()))
                .findFirst()
                .map(Future::succeededFuture)
                .orElseGet(() -> Future.failedFuture(Problem.notFound("message")));
    }

    private Future<ProviderStates> states(FindProviderStates query) {
        var found = query.messageIds().stream()
                .filter(id ->
                        states.containsKey(id) && states.get(id).provider().equals(query.provider()))
                .map(id -> new MessageState(id, states.get(id).state()))
                .toList();
        return Future.succeededFuture(new ProviderStates(found));
    }

    private synchronized Future<Messages.Digests> digests(Messages.FindDigests query) {
        var digests = new ArrayList<UpTo>();
        var digest = BranchDigest.EMPTY;
        for (var message : branch(query.leafId())) {
            digest = digest.plus(message);
            if (query.upTo().contains(message.id())) digests.add(new UpTo(message.id(), digest));
        }
        return Future.succeededFuture(new Messages.Digests(digests));
    }

    private synchronized Future<Page<Message>> list(Messages.ListConversation query) {
        var own = branch(conversations.leaf(query.conversationId()));
        if (query.page().order() == PageRequest.Order.DESC) Collections.reverse(own);
        int from = query.page().cursor() == null ? 0 : place(own, query.page().cursor()) + 1;
        return Future.succeededFuture(Page.of(
                own.subList(from, Math.min(own.size(), from + query.page().limit() + 1)),
                query.page().limit(),
                last -> new Cursor(last.createdAt(), last.id())));
    }

    /** From the beginning to the leaf. */
    private List<Message> branch(@Nullable UUID leaf) {
        var branch = new ArrayList<Message>();
        var next = leaf;
        for (int at = messages.size() - 1; at >= 0; at--)
            if (messages.get(at).id().equals(next)) {
                branch.add(0, messages.get(at));
                next = messages.get(at).parentId();
            }
        return branch;
    }

    private static int place(List<Message> own, Cursor cursor) {
        for (int at = 0; at < own.size(); at++) if (own.get(at).id().equals(cursor.id())) return at;
        throw new IllegalArgumentException("no such place");
    }

    static MessageDraft draft(Role role, String content) {
        return new MessageDraft(null, null, role, content, null, null, null, null, null);
    }
}
