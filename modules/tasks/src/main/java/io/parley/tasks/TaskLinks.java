package io.parley.tasks;

import io.parley.contracts.conversations.Conversations;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.None;
import io.parley.kernel.Problem;
import io.vertx.core.Future;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which conversations a task may be linked to: the caller's own, while they are alive. */
final class TaskLinks {
    private final Bus bus;

    TaskLinks(Bus bus) {
        this.bus = bus;
    }

    /** Fails invalid where there is no such conversation, forbidden where it is another user's; none is allowed. */
    Future<None> allow(Caller caller, @Nullable UUID conversationId) {
        if (conversationId == null) return Future.succeededFuture(None.NONE);
        return bus.ask(Conversations.FIND, new Conversations.Find(caller, conversationId))
                .map(None.NONE)
                .recover(failure -> Future.failedFuture(inDraft(failure)));
    }

    // It is not the resource that the request names, so its absence is an error in the input.
    private static Throwable inDraft(Throwable failure) {
        return failure instanceof Problem problem && problem.kind() == Problem.Kind.NOT_FOUND
                ? Problem.invalid("/conversation_id", "there is no such conversation")
                : failure;
    }
}
