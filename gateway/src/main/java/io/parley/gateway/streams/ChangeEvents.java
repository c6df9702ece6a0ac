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
import io.vertx.core.Future;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Reads what a change made of something, as its owner may see it. */
public final class ChangeEvents {
    private final Bus bus;

    private record Gone(UUID id) {}

    public ChangeEvents(Bus bus) {
        this.bus = bus;
    }

    /** Nothing where it is gone by now, of which another change tells, or hidden with its conversation. */
    Future<Optional<ChangeEvent>> read(Caller caller, Change change) {
        if (change.kind() == Change.Kind.DELETED)
            return Future.succeededFuture(Optional.of(event(change, new Gone(change.id()))));
        return find(caller, change)
                .map(found -> Optional.of(event(change, found)))
                .recover(failure ->
                        isHidden(failure) ? Future.succeededFuture(Optional.empty()) : Future.failedFuture(failure));
    }

    private Future<? extends Record> find(Caller caller, Change change) {
        return switch (change.resource()) {
            case CONVERSATION -> bus.ask(Conversations.FIND, new Conversations.Find(caller, change.id()));
            case MESSAGE -> bus.ask(Messages.FIND, new Messages.Find(caller, change.id()));
            case TASK -> bus.ask(Tasks.FIND, new Tasks.Find(caller, change.id()));
            case TURN -> bus.ask(Chat.FIND, new Chat.Find(caller, change.id()));
        };
    }

    private static ChangeEvent event(Change change, Record data) {
        var what = data instanceof Turn turn ? happened(turn) : lower(change.kind());
        return new ChangeEvent(
                lower(change.resource()) + "." + what, JsonForm.write(data).toString());
    }

    private static String happened(Turn turn) {
        return turn.status() == Turn.Status.RUNNING ? "started" : lower(turn.status());
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static boolean isHidden(Throwable failure) {
        return failure instanceof Problem problem
                && (problem.kind() == Kind.NOT_FOUND || problem.kind() == Kind.FORBIDDEN);
    }
}
