package io.parley.transfer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.contracts.tasks.Tasks;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Fault;
import io.parley.kernel.async.Futures;
import io.parley.transfer.document.DocumentPart;
import io.parley.transfer.lines.ConversationLine;
import io.parley.transfer.lines.FileLine;
import io.parley.transfer.lines.LineNotes;
import io.parley.transfer.lines.MessageLine;
import io.parley.transfer.lines.TaskLine;
import io.parley.transfer.sources.Format;
import io.parley.transfer.sources.SourceConversation;
import io.parley.transfer.sources.SourceMessage;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Stores one line after another: a task and a part of a file at its end, a conversation's messages as they
 * are read. */
final class LineImport {
    private static final String UNRECOGNISED = "is not a conversation in a format that is known here, nor a task";
    private static final String UNKNOWN_TYPE = "must be one of conversation, task, file";
    private static final String MESSAGES = "messages";
    private static final String TYPE = "type";
    private static final Set<String> TYPES = Set.of("conversation", TaskLine.TYPE, FileLine.TYPE);

    /** Bytes. As many as in any other field. */
    private static final int MAX_COLLECTED = 16 * 1024 * 1024;

    enum Outcome {
        IMPORTED,
        UPDATED,
        UNCHANGED,
        /** More lines of the same thing follow. */
        CONTINUED
    }

    private final Vertx vertx;
    private final Bus bus;
    private final Caller caller;
    private final Optional<UUID> namespace;
    private final FileImport files;
    private LineNotes notes = new LineNotes();
    private @Nullable ConversationImport conversation;

    /** The messages of a format that are needed all at once. */
    private @Nullable ArrayNode collected;

    private long collectedBytes;

    LineImport(Vertx vertx, Bus bus, Caller caller, Optional<UUID> namespace) {
        this.vertx = vertx;
        this.bus = bus;
        this.caller = caller;
        this.namespace = namespace;
        this.files = new FileImport(bus, caller);
    }

    /** Fails invalid, pointing into the line. */
    Future<Void> add(DocumentPart.Message part) {
        noteRepairs(part.repairs());
        if (part.index() == 0 && Formats.needsAllMessages(part.head(), part.json()))
            collected = JsonNodeFactory.instance.arrayNode();
        if (collected != null) return collect(collected, part);
        return attempt(() -> conversation(part.line()).add(message(part), () -> ConversationLine.read(part.head())));
    }

    /** Fails invalid, pointing into the line, or with what the module that stores it fails with. */
    Future<Outcome> finish(DocumentPart.End part) {
        noteRepairs(part.repairs());
        return attempt(() -> finishLine(part)).onSuccess(done -> conversation = null);
    }

    /** Whether the line itself says that it is something that can be imported. */
    static boolean isTyped(ObjectNode head) {
        return TYPES.contains(head.path(TYPE).asText());
    }

    /** Whether a line failed because it is nothing that can be imported. */
    static boolean isUnrecognised(Problem problem) {
        return problem.faults().stream().map(Fault::detail).anyMatch(Set.of(UNRECOGNISED, UNKNOWN_TYPE)::contains);
    }

    /** What was changed or left out of the current line; forgets it. */
    List<String> takeNotes() {
        var details = notes.details();
        notes = new LineNotes();
        return details;
    }

    /** Removes what was stored of the current line. Returns the outcome if it is stored nevertheless. */
    Future<Optional<Outcome>> cancel() {
        var unfinished = conversation;
        conversation = null;
        collected = null;
        collectedBytes = 0;
        return files.abandon()
                .compose(abandoned ->
                        unfinished == null ? Future.succeededFuture(Optional.empty()) : unfinished.cancel());
    }

    /** The name of a file whose last part is missing. */
    Optional<String> unfinishedFile() {
        return files.unfinished();
    }

    private static SourceMessage message(DocumentPart.Message part) {
        try {
            return MessageLine.read(part.json(), ConversationLine.namesEveryParent(part.head()));
        } catch (Problem problem) {
            throw pointingAtMessage(part.index(), problem);
        }
    }

    private static Problem pointingAtMessage(int index, Problem problem) {
        return Problem.invalid(problem.faults().stream()
                .map(fault -> new Fault("/messages/" + index + fault.pointer(), fault.detail()))
                .toList());
    }

    private void noteRepairs(int repairs) {
        notes.add("characters that cannot be stored were replaced by U+FFFD", repairs);
    }

    private Future<Void> collect(ArrayNode messages, DocumentPart.Message part) {
        collectedBytes += part.bytes();
        if (collectedBytes > MAX_COLLECTED) return Future.failedFuture(Problem.invalid("/" + MESSAGES, "is too large"));
        messages.add(part.json());
        return Future.succeededFuture();
    }

    private Future<Outcome> finishLine(DocumentPart.End part) {
        var head = part.head();
        boolean isCollected = collected != null;
        if (collected != null) head.set(MESSAGES, collected);
        collected = null;
        collectedBytes = 0;
        var format = Formats.of(head);
        if (format.isPresent()) return importAll(part.line(), head, format.get());
        if (isCollected) throw Problem.invalid("", UNRECOGNISED);
        if (head.path(TYPE).asText().equals(TaskLine.TYPE)) return importTask(part.line(), head);
        if (head.path(TYPE).asText().equals(FileLine.TYPE)) return files.take(FileLine.of(head));
        if (head.has(TYPE) && !isTyped(head)) throw Problem.invalid("/" + TYPE, UNKNOWN_TYPE);
        if (!head.has(TYPE) && !part.hasMessages()) throw Problem.invalid("", UNRECOGNISED);
        return conversation(part.line()).finish(ConversationLine.read(head));
    }

    private Future<Outcome> importTask(int line, ObjectNode head) {
        if (conversation != null) throw Problem.invalid("/messages", "is not a recognised field of a task");
        var task = TaskLine.of(head);
        var id = task.id() == null ? lineId(line).orElse(null) : task.id();
        return bus.ask(Tasks.IMPORT, task.toImport(caller, id))
                .map(Outcome.IMPORTED)
                .recover(failure -> Staging.isConflict(failure)
                        ? Future.succeededFuture(Outcome.UNCHANGED)
                        : Future.failedFuture(failure));
    }

    private Future<Outcome> importAll(int line, ObjectNode head, Format format) {
        return vertx.executeBlocking(() -> format.read(head))
                .recover(LineImport::unreadable)
                .compose(source -> importAll(line, source));
    }

    // Such as by JSON in a text that is nested too deeply. It must not end the whole import.
    private static Future<SourceConversation> unreadable(Throwable failure) {
        return Future.failedFuture(
                failure instanceof Problem
                        ? failure
                        : Problem.invalid("", "cannot be read in the format that it seems to have"));
    }

    private Future<Outcome> importAll(int line, SourceConversation source) {
        if (source.messages().isEmpty()) throw Problem.invalid("", "is a conversation in which nobody says anything");
        var messages = source.messages().iterator();
        return Futures.loop(() -> messages.hasNext()
                        ? conversation(line).add(messages.next(), source::head).map(true)
                        : Future.succeededFuture(false))
                .compose(added -> conversation(line).finish(source.head()));
    }

    private ConversationImport conversation(int line) {
        if (conversation == null) conversation = new ConversationImport(bus, caller, lineId(line), notes);
        return conversation;
    }

    private Optional<UUID> lineId(int line) {
        return namespace.map(space -> Ids.within(space, "line " + line));
    }

    private static <T> Future<T> attempt(Supplier<Future<T>> work) {
        try {
            return work.get();
        } catch (Problem problem) {
            return Future.failedFuture(problem);
        }
    }
}
