package io.parley.transfer;

import io.parley.contracts.conversations.Conversation;
import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.tasks.Task;
import io.parley.contracts.tasks.Tasks;
import io.parley.json.JsonForm;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Cursor;
import io.parley.kernel.PageRequest;
import io.parley.kernel.PageRequest.Order;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.async.Futures;
import io.parley.transfer.files.FileExport;
import io.parley.transfer.lines.ExportedConversation;
import io.parley.transfer.lines.TaskLine;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Exports everything a user owns and has not deleted, as JSON Lines: one line per conversation, including its messages, then
 * one per task, then one or more per file. Whatever does not change during the export is in it exactly once; what changes meanwhile may be missing.
 */
public final class Exporter {
    private static final int CONVERSATIONS_PER_PAGE = 20;
    private static final int TASKS_PER_PAGE = 100;
    private static final Tasks.Filter ALL = new Tasks.Filter(null, null, null, null, null, null);

    private final Bus bus;
    private final Caller caller;
    private final Function<Buffer, Future<Void>> output;
    private int lines;
    private @Nullable UUID lastConversationId;
    private @Nullable Cursor tasksCursor;

    /** @param output writes one chunk; it is called with the next one after the returned future has succeeded */
    public Exporter(Bus bus, Caller caller, Function<Buffer, Future<Void>> output) {
        this.bus = bus;
        this.caller = caller;
        this.output = output;
    }

    /** Returns the number of lines. Fails with the first failure of a module or of the output. */
    public Future<Integer> run() {
        return Futures.loop(this::writePageOfConversations)
                .compose(written -> Futures.loop(this::writePageOfTasks))
                .compose(written -> new FileExport(bus, caller, output).run())
                .map(files -> lines += files)
                .map(written -> lines);
    }

    /** The number of lines written so far. */
    public int lines() {
        return lines;
    }

    // Returns whether there is another page.
    private Future<Boolean> writePageOfConversations() {
        return bus.ask(Conversations.WALK, new Conversations.Walk(caller, lastConversationId, CONVERSATIONS_PER_PAGE))
                .compose(page -> {
                    var next = page.nextCursor();
                    lastConversationId = next == null ? null : next.id();
                    return writeAll(page.items().iterator()).map(written -> next != null);
                });
    }

    private Future<Void> writeAll(Iterator<Conversation> conversations) {
        return Futures.loop(
                () -> conversations.hasNext() ? write(conversations.next()).map(true) : Future.succeededFuture(false));
    }

    // The first messages are read before anything is written, because the conversation may have been deleted meanwhile.
    private Future<Void> write(Conversation conversation) {
        var messages = new MessageChunks(bus, caller, conversation.id());
        return messages.next()
                .map(first ->
                        Optional.of(ExportedConversation.begin(conversation).appendBuffer(first)))
                .recover(Exporter::emptyIfNotFound)
                .compose(begun -> begun.isEmpty() ? Future.succeededFuture() : writeLine(begun.get(), messages));
    }

    private static Future<Optional<Buffer>> emptyIfNotFound(Throwable failure) {
        return failure instanceof Problem problem && problem.kind() == Kind.NOT_FOUND
                ? Future.succeededFuture(Optional.empty())
                : Future.failedFuture(failure);
    }

    private Future<Void> writeLine(Buffer begun, MessageChunks messages) {
        return output.apply(begun)
                .compose(written -> Futures.loop(() -> messages.isDone()
                        ? Future.succeededFuture(false)
                        : messages.next().compose(output).map(true)))
                .compose(written -> output.apply(ExportedConversation.end()))
                .onSuccess(written -> lines++);
    }

    // Returns whether there is another page.
    private Future<Boolean> writePageOfTasks() {
        var request = new PageRequest(tasksCursor, TASKS_PER_PAGE, Order.ASC, MessageChunks.CHUNK_SIZE);
        return bus.ask(Tasks.LIST, new Tasks.ListMine(caller, ALL, request)).compose(page -> {
            tasksCursor = page.nextCursor();
            lines += page.items().size();
            return output.apply(taskLines(page.items())).map(written -> tasksCursor != null);
        });
    }

    private static Buffer taskLines(List<Task> tasks) {
        var text = Buffer.buffer();
        for (var task : tasks)
            text.appendBuffer(JsonForm.write(TaskLine.of(task))).appendByte((byte) '\n');
        return text;
    }
}
