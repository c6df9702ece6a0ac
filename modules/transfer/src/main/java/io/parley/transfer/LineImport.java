package io.parley.transfer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.contracts.tasks.Tasks;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Fault;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.async.Futures;
import io.parley.transfer.chatgpt.ChatGptConversation;
import io.parley.transfer.document.DocumentPart;
import io.parley.transfer.lines.MessageLine;
import io.parley.transfer.lines.TaskLine;
import io.vertx.core.Future;
import java.util.Iterator;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Stores one line after another: a task at its end, a conversation's messages as they are read. */
final class LineImport {
    private final Bus bus;
    private final Caller caller;
    private final Optional<UUID> namespace;
    private @Nullable ConversationImport conversation;

    LineImport(Bus bus, Caller caller, Optional<UUID> namespace) {
        this.bus = bus;
        this.caller = caller;
        this.namespace = namespace;
    }

    /** Fails invalid, pointing into the line. */
    Future<Void> add(DocumentPart.Message part) {
        return attempt(() -> conversation(part.line()).add(MessageLine.of(part.json()), part.head()))
                .recover(failure -> Future.failedFuture(pointingAtMessage(part.index(), failure)));
    }

    /** Fails invalid, pointing into the line, or with what the module that stores it fails with. */
    Future<Void> finish(DocumentPart.End part) {
        return attempt(() -> finish(part.line(), part.head())).onSuccess(done -> conversation = null);
    }

    /** Whether the line's conversation was not stored because an import with the same namespace has stored it before. */
    boolean isAlreadyImported() {
        return conversation != null && conversation.isAlreadyImported();
    }

    /**
     * Removes what was stored of the current line, if anything. Returns true if its conversation is stored nevertheless,
     * because only the reply to its publication was lost.
     */
    Future<Boolean> cancel() {
        var unfinished = conversation;
        conversation = null;
        return unfinished == null ? Future.succeededFuture(false) : unfinished.cancel();
    }

    private Future<Void> finish(int line, ObjectNode head) {
        var type = head.path("type").asText("conversation");
        if (type.equals(TaskLine.TYPE)) return importTask(line, head);
        if (!type.equals("conversation")) throw Problem.invalid("/type", "must be one of conversation, task");
        return head.has(ChatGptConversation.TREE)
                ? importChatGpt(line, head)
                : conversation(line).finish(head);
    }

    private Future<Void> importTask(int line, ObjectNode head) {
        if (conversation != null) throw Problem.invalid("/messages", "is not a recognised field of a task");
        var task = TaskLine.of(head);
        var derivedId = task.id() == null ? derivedId(line) : Optional.<UUID>empty();
        return bus.ask(Tasks.IMPORT, task.toImport(caller, derivedId.orElse(task.id())))
                .recover(failure -> derivedId.isPresent() && isConflict(failure)
                        ? Future.succeededFuture()
                        : Future.failedFuture(failure))
                .mapEmpty();
    }

    private Future<Void> importChatGpt(int line, ObjectNode head) {
        var chat = ChatGptConversation.of(head);
        Iterator<MessageLine> messages = chat.messages().iterator();
        return Futures.loop(() -> messages.hasNext()
                        ? conversation(line).add(messages.next(), chat.head()).map(true)
                        : Future.succeededFuture(false))
                .compose(added -> conversation(line).finish(chat.head()));
    }

    private ConversationImport conversation(int line) {
        if (conversation == null) conversation = new ConversationImport(bus, caller, derivedId(line));
        return conversation;
    }

    private Optional<UUID> derivedId(int line) {
        return namespace.map(space -> Ids.within(space, "line " + line));
    }

    static boolean isConflict(Throwable failure) {
        return failure instanceof Problem problem && problem.kind() == Kind.CONFLICT;
    }

    private static Future<Void> attempt(Supplier<Future<Void>> work) {
        try {
            return work.get();
        } catch (Problem problem) {
            return Future.failedFuture(problem);
        }
    }

    private static Throwable pointingAtMessage(int index, Throwable failure) {
        if (!(failure instanceof Problem problem) || problem.kind() != Kind.INVALID) return failure;
        return Problem.invalid(problem.faults().stream()
                .map(fault -> new Fault("/messages/" + index + fault.pointer(), fault.detail()))
                .toList());
    }
}
