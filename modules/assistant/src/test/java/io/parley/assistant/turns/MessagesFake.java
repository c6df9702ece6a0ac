package io.parley.assistant.turns;

import io.parley.contracts.conversations.Conversation;
import io.parley.contracts.conversations.Conversations;
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
import io.parley.contracts.users.ApiKey;
import io.parley.contracts.users.ApiKeys;
import io.parley.kernel.Address;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Cursor;
import io.parley.kernel.Ids;
import io.parley.kernel.Json;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import io.parley.kernel.Problem;
import io.parley.kernel.Secret;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Keeps conversations and their messages in memory, and the provider keys of users. */
final class MessagesFake {
    final Map<UUID, Conversation> conversations = new ConcurrentHashMap<>();
    final Map<UUID, Map<String, String>> keys = new ConcurrentHashMap<>();
    /** The class of each query. */
    final List<Class<?>> received = new CopyOnWriteArrayList<>();

    private final List<Message> messages = new ArrayList<>();
    private final Map<UUID, ProviderState> states = new ConcurrentHashMap<>();

    Future<?> answer(Bus bus) {
        return Future.all(List.of(
                answer(bus, Conversations.FIND, this::find),
                answer(bus, Conversations.UPDATE, this::rename),
                answer(bus, Messages.POST, this::post),
                answer(bus, Messages.FIND, this::find),
                answer(bus, Messages.DIGESTS, this::digests),
                answer(bus, Messages.PROVIDER_STATES, this::states),
                answer(bus, Messages.LIST_CONVERSATION, this::list),
                answer(bus, Messages.BRANCH_OFF, this::branchOff),
                answer(bus, ApiKeys.LIST, this::listKeys),
                answer(bus, ApiKeys.REVEAL, this::reveal)));
    }

    private <Q extends Record, R extends Record> Future<Void> answer(
            Bus bus, Address<Q, R> address, Function<Q, Future<R>> handler) {
        return bus.answer(address, query -> {
            received.add(query.getClass());
            return handler.apply(query);
        });
    }

    /** The test database has the same conversation, because turns refer to it. */
    void has(UUID id, Caller owner) {
        conversations.put(
                id,
                new Conversation(
                        id,
                        owner.userId(),
                        null,
                        null,
                        Json.EMPTY_OBJECT,
                        null,
                        null,
                        null,
                        null,
                        Instant.EPOCH,
                        Instant.EPOCH,
                        null));
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

    synchronized void clear() {
        messages.clear();
        states.clear();
        received.clear();
        keys.clear();
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
        moveLeaf(message);
        return Future.succeededFuture(message);
    }

    private @Nullable UUID parent(Messages.Post command) {
        if (command.draft().parentId() != null) return command.draft().parentId();
        return command.placement() == Placement.FIRST ? null : leaf(command.conversationId());
    }

    private void moveLeaf(Message message) {
        var old = conversations.get(message.conversationId());
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
                        message.id(),
                        old.createdAt(),
                        old.updatedAt(),
                        null));
    }

    @Nullable UUID leaf(UUID conversation) {
        return conversations.get(conversation).currentLeaf();
    }

    private Future<Message> branchOff(Messages.BranchOff command) {
        return find(new Messages.Find(command.caller(), command.id())).onSuccess(this::moveLeaf);
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
        var own = branch(leaf(query.conversationId()));
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

    private Future<Page<ApiKey>> listKeys(ApiKeys.ListMine query) {
        var own = keys.getOrDefault(query.caller().userId(), Map.of()).keySet().stream()
                .map(provider -> new ApiKey(
                        Ids.next(),
                        query.caller().userId(),
                        provider,
                        ApiKeys.DEFAULT_ALIAS,
                        "…",
                        Instant.EPOCH,
                        Instant.EPOCH,
                        null))
                .toList();
        return Future.succeededFuture(new Page<>(own, null));
    }

    private Future<Secret> reveal(ApiKeys.Reveal query) {
        @Nullable String key = keys.getOrDefault(query.caller().userId(), Map.of()).get(query.provider());
        return key == null
                ? Future.failedFuture(Problem.notFound("provider key"))
                : Future.succeededFuture(new Secret(key));
    }

    static MessageDraft draft(Role role, String content) {
        return new MessageDraft(null, null, role, content, null, null, null, null, null);
    }
}
