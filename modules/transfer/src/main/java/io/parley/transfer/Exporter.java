package io.parley.transfer;

import io.parley.contracts.conversations.Conversation;
import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.tasks.Task;
import io.parley.contracts.tasks.Tasks;
import io.parley.json.JsonForm;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Cursor;
import io.parley.kernel.Futures;
import io.parley.kernel.PageRequest;
import io.parley.kernel.PageRequest.Order;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Gives out all that a user has and has not deleted: a line of JSON for each conversation, with its messages, then one
 * for each task. What changes meanwhile may be in it or not; what does not change is in it once.
 */
public final class Exporter {
    private static final int CONVERSATIONS = 20;
    private static final int TASKS = 100;
    private static final Tasks.Filter ALL = new Tasks.Filter(null, null, null, null, null, null);

    private final Bus bus;
    private final Caller caller;
    private final Function<Buffer, Future<Void>> out;
    private int lines;
    private @Nullable UUID after;
    private @Nullable Cursor cursor;

    /** @param out takes a piece; it gets the next one when what it has answered has succeeded */
    public Exporter(Bus bus, Caller caller, Function<Buffer, Future<Void>> out) {
        this.bus = bus;
        this.caller = caller;
        this.out = out;
    }

    /** Brings the number of lines; fails with what a module or the taker has failed with. */
    public Future<Integer> run() {
        return Futures.whileTrue(this::conversations)
                .compose(done -> Futures.whileTrue(this::tasks))
                .map(done -> lines);
    }

    /** How many lines are out so far. */
    public int lines() {
        return lines;
    }

    private Future<Boolean> conversations() {
        return bus.ask(Conversations.WALK, new Conversations.Walk(caller, after, CONVERSATIONS))
                .compose(page -> {
                    after = page.nextCursor() == null ? null : page.nextCursor().id();
                    return each(page.items().iterator()).map(done -> after != null);
                });
    }

    private Future<Void> each(Iterator<Conversation> conversations) {
        return Futures.whileTrue(() ->
                conversations.hasNext() ? conversation(conversations.next()).map(true) : Future.succeededFuture(false));
    }

    private Future<Void> conversation(Conversation conversation) {
        var messages = new MessageWalk(bus, caller, conversation.id());
        return messages.next()
                .map(first -> ExportLine.begin(conversation).appendBuffer(first))
                .map(Optional::of)
                .recover(Exporter::unlessGone)
                .compose(begun -> begun.isEmpty() ? Future.succeededFuture() : line(begun.get(), messages));
    }

    private static Future<Optional<Buffer>> unlessGone(Throwable failure) {
        return failure instanceof Problem problem && problem.kind() == Kind.NOT_FOUND
                ? Future.succeededFuture(Optional.empty())
                : Future.failedFuture(failure);
    }

    private Future<Void> line(Buffer begun, MessageWalk messages) {
        return out.apply(begun)
                .compose(written -> Futures.whileTrue(() -> messages.isDone()
                        ? Future.succeededFuture(false)
                        : messages.next().compose(out).map(true)))
                .compose(written -> out.apply(ExportLine.end()))
                .onSuccess(written -> lines++);
    }

    private Future<Boolean> tasks() {
        return bus.ask(Tasks.LIST, new Tasks.ListMine(caller, ALL, new PageRequest(cursor, TASKS, Order.ASC)))
                .compose(page -> {
                    cursor = page.nextCursor();
                    lines += page.items().size();
                    return out.apply(text(page.items())).map(written -> cursor != null);
                });
    }

    private static Buffer text(List<Task> tasks) {
        var text = Buffer.buffer();
        for (var task : tasks)
            text.appendBuffer(JsonForm.write(TaskForm.of(task))).appendByte((byte) '\n');
        return text;
    }
}
