package io.parley.transfer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.contracts.tasks.Tasks;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Futures;
import io.parley.kernel.Ids;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Fault;
import io.parley.kernel.Problem.Kind;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes in a document with conversations and tasks, each line all or nothing, while it arrives: what an export gave, lines
 * in the form of OpenAI's chat API, or a ChatGPT export. One piece after another, never two at once.
 */
public final class Importer {
    /** A document with more broken lines than that is of another kind. */
    static final int MAX_FAILED = 1000;

    private final Bus bus;
    private final Caller caller;
    private final Optional<UUID> namespace;
    private final Elements elements = new Elements();
    private final List<Failure> failed = new ArrayList<>();
    private int imported;
    private @Nullable ConversationIntake intake;

    /** The line that is done with, of which more may come; none is 0. */
    private int passedLine;

    public Importer(Bus bus, Caller caller) {
        this(bus, caller, Optional.empty());
    }

    /**
     * @param namespace of the ids of lines that name none: a document that comes again with the same one doubles none of
     *     them, and they count as imported
     */
    public Importer(Bus bus, Caller caller, Optional<UUID> namespace) {
        this.bus = bus;
        this.caller = caller;
        this.namespace = namespace;
    }

    /**
     * Succeeds when all that is complete with this piece is stored, and the next may come. Fails only where nothing more
     * can be taken in at all: unauthenticated where the account is gone.
     */
    public Future<Void> take(Buffer piece) {
        if (isGivenUp()) return Future.succeededFuture();
        elements.feed(piece);
        return Futures.whileTrue(this::step);
    }

    /** There are no more pieces. */
    public Future<Report> finish() {
        if (isGivenUp()) return Future.succeededFuture(report());
        elements.end();
        return Futures.whileTrue(this::step).compose(done -> abandon()).map(done -> report());
    }

    /** Leaves nothing of a line that has not come to its end. */
    public Future<Void> abandon() {
        var unfinished = intake;
        intake = null;
        return unfinished == null
                ? Future.succeededFuture()
                : unfinished.giveUp().mapEmpty();
    }

    /** How many lines have been taken in so far. */
    public int imported() {
        return imported;
    }

    private Report report() {
        return new Report(imported, List.copyOf(failed));
    }

    private boolean isGivenUp() {
        return failed.size() > MAX_FAILED;
    }

    private Future<Boolean> step() {
        if (isGivenUp()) return Future.succeededFuture(false);
        var item = elements.next();
        if (item == null) return Future.succeededFuture(false);
        return take(item).recover(failure -> fail(item.line(), failure)).map(true);
    }

    private Future<Void> take(Item item) {
        if (item.line() == passedLine) return Future.succeededFuture();
        if (item instanceof Item.Message message) return take(message);
        if (item instanceof Item.End end) return take(end);
        return fail(item.line(), ((Item.Broken) item).detail());
    }

    private Future<Void> take(Item.Message message) {
        return attempt(() -> intake(message.line()).add(MessageForm.of(message.json()), message.head()))
                .recover(failure -> Future.failedFuture(at(message.at(), failure)));
    }

    private Future<Void> take(Item.End end) {
        return attempt(() -> end(end.line(), end.head())).onSuccess(done -> {
            imported++;
            intake = null;
        });
    }

    private Future<Void> end(int line, ObjectNode head) {
        var type = head.path("type").asText("conversation");
        if (type.equals(TaskForm.TYPE)) return endTask(line, head);
        if (!type.equals("conversation")) throw Problem.invalid("/type", "must be one of conversation, task");
        return head.has(ChatGptTree.MEMBER) ? endTree(line, head) : intake(line).finish(head);
    }

    private Future<Void> endTask(int line, ObjectNode head) {
        if (intake != null) throw Problem.invalid("/messages", "is not known in a task");
        var form = TaskForm.of(head);
        var made = form.id() == null ? madeFor(line) : Optional.<UUID>empty();
        return bus.ask(Tasks.IMPORT, form.asked(caller, made.orElse(form.id())))
                .recover(failure -> made.isPresent() && isConflict(failure)
                        ? Future.succeededFuture()
                        : Future.failedFuture(failure))
                .mapEmpty();
    }

    static boolean isConflict(Throwable failure) {
        return failure instanceof Problem problem && problem.kind() == Kind.CONFLICT;
    }

    private Future<Void> endTree(int line, ObjectNode head) {
        var tree = ChatGptTree.of(head);
        Iterator<MessageForm> messages = tree.messages().iterator();
        return Futures.whileTrue(() -> messages.hasNext()
                        ? intake(line).add(messages.next(), tree.head()).map(true)
                        : Future.succeededFuture(false))
                .compose(added -> intake(line).finish(tree.head()));
    }

    private ConversationIntake intake(int line) {
        if (intake == null) intake = new ConversationIntake(bus, caller, madeFor(line));
        return intake;
    }

    private Optional<UUID> madeFor(int line) {
        return namespace.map(space -> Ids.within(space, "line " + line));
    }

    private static Future<Void> attempt(Supplier<Future<Void>> work) {
        try {
            return work.get();
        } catch (Problem problem) {
            return Future.failedFuture(problem);
        }
    }

    private static Throwable at(int message, Throwable failure) {
        if (!(failure instanceof Problem problem) || problem.kind() != Kind.INVALID) return failure;
        return Problem.invalid(problem.faults().stream()
                .map(fault -> new Fault("/messages/" + message + fault.pointer(), fault.detail()))
                .toList());
    }

    private Future<Void> fail(int line, Throwable failure) {
        if (!(failure instanceof Problem problem) || problem.kind() == Kind.UNAUTHENTICATED)
            return abandon().compose(left -> Future.failedFuture(failure));
        return intake != null && intake.isHereAlready() ? pass(line) : fail(line, Failure.of(problem));
    }

    // It came in with the same document before.
    private Future<Void> pass(int line) {
        passedLine = line;
        intake = null;
        imported++;
        return Future.succeededFuture();
    }

    private Future<Void> fail(int line, String detail) {
        passedLine = line;
        var unfinished = intake;
        intake = null;
        if (unfinished == null) return failed(line, detail);
        return unfinished.giveUp().compose(published -> {
            if (!published) return failed(line, detail);
            imported++;
            return Future.succeededFuture();
        });
    }

    private Future<Void> failed(int line, String detail) {
        failed.add(new Failure(
                line,
                failed.size() < MAX_FAILED
                        ? detail
                        : "is the last that was read: too many lines before it have failed"));
        return Future.succeededFuture();
    }
}
