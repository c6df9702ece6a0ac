package io.parley.tasks;

import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.tasks.Task;
import io.parley.contracts.tasks.Tasks;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.None;
import io.parley.kernel.Problem;
import io.parley.storage.sealing.EncryptionChoice;
import io.vertx.core.Future;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rule of tasks: a task may be linked only to a conversation of its owner that is not in the trash. */
final class TaskRules {
    private final Bus bus;
    private final TaskStore store;
    private final EncryptionChoice encryption;

    TaskRules(Bus bus, TaskStore store, EncryptionChoice encryption) {
        this.bus = bus;
        this.store = store;
        this.encryption = encryption;
    }

    Future<Task> create(Tasks.Create command) {
        return checkLink(command.caller(), command.draft().conversationId())
                .compose(linkable ->
                        encryption.of(command.caller(), command.draft().encrypted()))
                .compose(encrypted -> store.insert(command, encrypted));
    }

    Future<Task> update(Tasks.Update command) {
        return checkLink(command.caller(), command.patch().conversationId().value())
                .compose(linkable -> store.update(command));
    }

    // Null means no link, which is always allowed.
    private Future<None> checkLink(Caller caller, @Nullable UUID conversationId) {
        if (conversationId == null) return Future.succeededFuture(None.NONE);
        return bus.ask(Conversations.FIND, new Conversations.Find(caller, conversationId))
                .map(None.NONE)
                .recover(failure -> Future.failedFuture(asInvalidField(failure)));
    }

    // The request names the task; a missing conversation is therefore an invalid field, not a missing resource.
    private static Throwable asInvalidField(Throwable failure) {
        return failure instanceof Problem problem && problem.kind() == Problem.Kind.NOT_FOUND
                ? Problem.invalid("/conversation_id", "does not name one of your conversations")
                : failure;
    }
}
