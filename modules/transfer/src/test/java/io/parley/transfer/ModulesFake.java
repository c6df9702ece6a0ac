package io.parley.transfer;

import io.parley.contracts.conversations.ImportedConversations;
import io.parley.contracts.conversations.ImportedConversations.KnownImport;
import io.parley.contracts.conversations.ImportedConversations.PendingImport;
import io.parley.contracts.messages.ImportedMessages;
import io.parley.contracts.messages.ImportedMessages.ImportedMessage;
import io.parley.contracts.messages.ImportedMessages.TakenId;
import io.parley.contracts.messages.ImportedMessages.TakenIds;
import io.parley.contracts.tasks.Tasks;
import io.parley.kernel.Bus;
import io.parley.kernel.Ids;
import io.parley.kernel.None;
import io.parley.kernel.Problem;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Stands in for the modules that an importer asks, and records what it stores. */
final class ModulesFake {
    private static final Instant UNTIL = Instant.parse("2027-01-01T00:00:00Z");

    final List<ImportedConversations.Publish> published = new CopyOnWriteArrayList<>();
    final List<ImportedConversations.Grow> grown = new CopyOnWriteArrayList<>();
    final List<ImportedMessages.Move> moved = new CopyOnWriteArrayList<>();
    final List<UUID> dropped = new CopyOnWriteArrayList<>();
    final List<Integer> batches = new CopyOnWriteArrayList<>();
    final List<ImportedMessage> messages = new CopyOnWriteArrayList<>();
    final List<Tasks.Import> tasks = new CopyOnWriteArrayList<>();

    /** The conversation of each message. */
    final Map<UUID, UUID> conversations = new ConcurrentHashMap<>();

    /** Ids of conversations that a failed import has left. */
    final Set<UUID> leftovers = ConcurrentHashMap.newKeySet();

    final Set<UUID> inTrash = ConcurrentHashMap.newKeySet();

    volatile @Nullable Problem messagesFailWith;
    volatile @Nullable Problem publishFailsWith;
    volatile @Nullable Problem moveFailsWith;

    Future<?> answer(Bus bus) {
        return Future.all(List.of(
                bus.answer(ImportedConversations.BEGIN, this::begin),
                bus.answer(ImportedConversations.PUBLISH, this::publish),
                bus.answer(ImportedConversations.DROP, this::drop),
                bus.answer(ImportedConversations.FIND, this::find),
                bus.answer(ImportedConversations.GROW, command -> {
                    grown.add(command);
                    return Future.succeededFuture(None.NONE);
                }),
                bus.answer(ImportedMessages.STORE, this::store),
                bus.answer(ImportedMessages.FIND, this::taken),
                bus.answer(ImportedMessages.MOVE, this::move),
                bus.answer(Tasks.IMPORT, this::store)));
    }

    private Future<PendingImport> begin(ImportedConversations.Begin command) {
        var id = Objects.requireNonNullElseGet(command.originalId(), Ids::next);
        if (isPublished(id)) return Future.failedFuture(Problem.conflict("/id", "is imported already"));
        var user = command.caller().userId();
        return Future.succeededFuture(
                new PendingImport(leftovers.contains(id) ? Ids.within(user, id) : id, UNTIL, false));
    }

    private boolean isPublished(@Nullable UUID id) {
        return published.stream().anyMatch(each -> each.id().equals(id) || Objects.equals(each.originalId(), id));
    }

    private Future<KnownImport> find(ImportedConversations.Find query) {
        return published.stream()
                .filter(each -> Objects.equals(each.originalId(), query.originalId()))
                .findFirst()
                .map(each -> Future.succeededFuture(new KnownImport(each.id(), inTrash.contains(each.id()), false)))
                .orElseGet(() -> Future.failedFuture(Problem.notFound("conversation")));
    }

    private Future<None> publish(ImportedConversations.Publish command) {
        published.add(command);
        return publishFailsWith == null ? Future.succeededFuture(None.NONE) : Future.failedFuture(publishFailsWith);
    }

    private Future<None> drop(ImportedConversations.Drop command) {
        if (published.stream().anyMatch(each -> each.id().equals(command.id())))
            return Future.failedFuture(Problem.conflict("", "The import is over."));
        dropped.add(command.id());
        return Future.succeededFuture(None.NONE);
    }

    private Future<None> store(ImportedMessages.Store command) {
        if (messagesFailWith != null) return Future.failedFuture(messagesFailWith);
        if (command.messages().stream().anyMatch(each -> conversations.containsKey(each.id())))
            return Future.failedFuture(Problem.conflict("/id", "another message already has this id"));
        batches.add(command.messages().size());
        messages.addAll(command.messages());
        command.messages().forEach(each -> conversations.put(each.id(), command.conversationId()));
        return Future.succeededFuture(None.NONE);
    }

    private Future<TakenIds> taken(ImportedMessages.Find query) {
        return Future.succeededFuture(new TakenIds(query.ids().stream()
                .filter(conversations::containsKey)
                .map(id -> new TakenId(id, conversations.get(id)))
                .toList()));
    }

    private Future<None> move(ImportedMessages.Move command) {
        moved.add(command);
        conversations.replaceAll(
                (id, conversation) -> conversation.equals(command.from()) ? command.to() : conversation);
        return moveFailsWith == null ? Future.succeededFuture(None.NONE) : Future.failedFuture(moveFailsWith);
    }

    private Future<None> store(Tasks.Import command) {
        if (tasks.stream().anyMatch(each -> Objects.equals(each.id(), command.id())))
            return Future.failedFuture(Problem.conflict("/id", "is imported already"));
        tasks.add(command);
        return Future.succeededFuture(None.NONE);
    }

    List<String> contents() {
        return new ArrayList<>(messages.stream().map(ModulesFake::content).toList());
    }

    static String content(ImportedMessage message) {
        return String.valueOf(message.draft().content());
    }

    ImportedMessage message(String content) {
        return messages.stream()
                .filter(each -> content(each).equals(content))
                .findFirst()
                .orElseThrow();
    }

    /** The current branch of a conversation, from its root. */
    List<ImportedMessage> branch(ImportedConversations.Publish conversation) {
        var byId = new HashMap<UUID, ImportedMessage>();
        messages.stream()
                .filter(each -> conversation.id().equals(conversations.get(each.id())))
                .forEach(each -> byId.put(each.id(), each));
        var newest = byId.values().stream()
                .max((one, other) -> one.createdAt().compareTo(other.createdAt()))
                .map(ImportedMessage::id);
        var leaf = moved.stream()
                .filter(each -> each.to().equals(conversation.id()) && each.currentLeaf() != null)
                .map(ImportedMessages.Move::currentLeaf)
                .reduce((one, other) -> other)
                .orElse(conversation.settings().currentLeaf());
        return upwards(byId, leaf == null ? newest.orElse(null) : leaf);
    }

    /** The branch that ends with the message that has this content. */
    List<String> branchTo(String content) {
        var byId = new HashMap<UUID, ImportedMessage>();
        messages.forEach(each -> byId.put(each.id(), each));
        return upwards(byId, message(content).id()).stream()
                .map(ModulesFake::content)
                .toList();
    }

    private static List<ImportedMessage> upwards(Map<UUID, ImportedMessage> byId, @Nullable UUID leaf) {
        Deque<ImportedMessage> branch = new ArrayDeque<>();
        var seen = new HashSet<UUID>();
        for (var id = leaf;
                id != null && seen.add(id);
                id = byId.get(id).draft().parentId()) branch.push(byId.get(id));
        return Collections.unmodifiableList(new ArrayList<>(branch));
    }
}
