package io.parley.gateway.streams;

import io.parley.contracts.assistant.Chat;
import io.parley.contracts.assistant.Turn;
import io.parley.contracts.changes.Change;
import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.tasks.Tasks;
import io.parley.json.JsonForm;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.access.Scope;
import io.vertx.core.Future;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Reads the current state of a changed resource, as its owner may see it. */
final class ChangeEventReader {
    private final Bus bus;

    private record DeletedResource(UUID id) {}

    ChangeEventReader(Bus bus) {
        this.bus = bus;
    }

    /**
     * Empty if the resource has been deleted since, which is another change, or is hidden with its conversation, or if the caller's
     * token does not permit reading it.
     */
    Future<Optional<ChangeEvent>> read(Caller caller, Change change) {
        if (!caller.may(scope(change.resource()))) return Future.succeededFuture(Optional.empty());
        if (change.kind() == Change.Kind.DELETED)
            return Future.succeededFuture(Optional.of(event(change, new DeletedResource(change.id()))));
        return find(caller, change)
                .map(resource -> Optional.of(event(change, resource)))
                .recover(failure ->
                        isHidden(failure) ? Future.succeededFuture(Optional.empty()) : Future.failedFuture(failure));
    }

    private static Scope scope(Change.Resource resource) {
        return resource == Change.Resource.TASK ? Scope.TASKS_READ : Scope.CONVERSATIONS_READ;
    }

    private Future<? extends Record> find(Caller caller, Change change) {
        return switch (change.resource()) {
            case CONVERSATION -> bus.ask(Conversations.FIND, new Conversations.Find(caller, change.id()));
            case MESSAGE -> bus.ask(Messages.FIND, new Messages.Find(caller, change.id()));
            case TASK -> bus.ask(Tasks.FIND, new Tasks.Find(caller, change.id()));
            case TURN -> bus.ask(Chat.FIND, new Chat.Find(caller, change.id()));
        };
    }

    private static ChangeEvent event(Change change, Record resource) {
        var verb = resource instanceof Turn turn ? verb(turn) : lowerCase(change.kind());
        return new ChangeEvent(
                lowerCase(change.resource()) + "." + verb,
                JsonForm.write(resource).toString());
    }

    private static String verb(Turn turn) {
        return turn.status() == Turn.Status.RUNNING ? "started" : lowerCase(turn.status());
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static boolean isHidden(Throwable failure) {
        return failure instanceof Problem problem
                && (problem.kind() == Kind.NOT_FOUND || problem.kind() == Kind.FORBIDDEN);
    }
}
