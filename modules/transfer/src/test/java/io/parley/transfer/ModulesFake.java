package io.parley.transfer;

import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.conversations.Conversations.ImportPublish;
import io.parley.contracts.conversations.Conversations.PendingImport;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.messages.Messages.ImportedMessage;
import io.parley.contracts.tasks.Tasks;
import io.parley.kernel.Bus;
import io.parley.kernel.Ids;
import io.parley.kernel.None;
import io.parley.kernel.Problem;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Stands in for the modules that an importer asks, and records what it stores. */
final class ModulesFake {
    private static final Instant UNTIL = Instant.parse("2027-01-01T00:00:00Z");

    final List<ImportPublish> published = new CopyOnWriteArrayList<>();
    final List<UUID> dropped = new CopyOnWriteArrayList<>();
    final List<Integer> batches = new CopyOnWriteArrayList<>();
    final List<ImportedMessage> messages = new CopyOnWriteArrayList<>();
    final List<Tasks.Import> tasks = new CopyOnWriteArrayList<>();

    /** Ids of other users' conversations. */
    final Set<UUID> othersIds = ConcurrentHashMap.newKeySet();

    volatile @Nullable Problem messagesFailWith;
    volatile @Nullable Problem publishFailsWith;
    private volatile boolean refusesKnownIds;

    Future<?> answer(Bus bus) {
        return Future.all(List.of(
                bus.answer(Conversations.IMPORT_BEGIN, this::begin),
                bus.answer(Conversations.IMPORT_PUBLISH, this::publish),
                bus.answer(Conversations.IMPORT_DROP, this::drop),
                bus.answer(Messages.IMPORT, this::store),
                bus.answer(Tasks.IMPORT, this::store)));
    }

    /** From now on, ids that were stored before conflict. */
    void refuseKnownIds() {
        refusesKnownIds = true;
    }

    private Future<PendingImport> begin(Conversations.ImportBegin command) {
        if (refusesKnownIds && published.stream().anyMatch(each -> each.id().equals(command.originalId())))
            return Future.failedFuture(Problem.conflict("/id", "is imported already"));
        var id = command.originalId() == null ? Ids.next() : command.originalId();
        var user = command.caller().userId();
        return Future.succeededFuture(new PendingImport(othersIds.contains(id) ? Ids.within(user, id) : id, UNTIL));
    }

    private Future<None> publish(ImportPublish command) {
        published.add(command);
        return publishFailsWith == null ? Future.succeededFuture(None.NONE) : Future.failedFuture(publishFailsWith);
    }

    private Future<None> drop(Conversations.ImportDrop command) {
        if (published.stream().anyMatch(each -> each.id().equals(command.id())))
            return Future.failedFuture(Problem.conflict("", "The import is over."));
        dropped.add(command.id());
        return Future.succeededFuture(None.NONE);
    }

    private Future<None> store(Messages.Import command) {
        if (messagesFailWith != null) return Future.failedFuture(messagesFailWith);
        batches.add(command.messages().size());
        messages.addAll(command.messages());
        return Future.succeededFuture(None.NONE);
    }

    private Future<None> store(Tasks.Import command) {
        if (refusesKnownIds && tasks.stream().anyMatch(each -> each.id().equals(command.id())))
            return Future.failedFuture(Problem.conflict("/id", "is imported already"));
        tasks.add(command);
        return Future.succeededFuture(None.NONE);
    }

    List<String> contents() {
        return new ArrayList<>(messages.stream()
                .map(message -> String.valueOf(message.draft().content()))
                .toList());
    }
}
