package io.parley.transfer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.contracts.tasks.Tasks;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Fault;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Steps;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
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
    private final Elements elements = new Elements();
    private final List<Failure> failed = new ArrayList<>();
    private int imported;
    private @Nullable ConversationIntake intake;

    /** The line that has failed, of which more may come; none is 0. */
    private int failedLine;

    public Importer(Bus bus, Caller caller) {
        this.bus = bus;
        this.caller = caller;
    }

    /**
     * Succeeds when all that is complete with this piece is stored, and the next may come. Fails only where nothing more
     * can be taken in at all: unauthenticated where the account is gone.
     */
    public Future<Void> take(Buffer piece) {
        if (isGivenUp()) return Future.succeededFuture();
        elements.feed(piece);
        return Steps.whileTrue(this::step);
    }

    /** There are no more pieces. */
    public Future<Report> finish() {
        if (isGivenUp()) return Future.succeededFuture(report());
        elements.end();
        return Steps.whileTrue(this::step).compose(done -> abandon()).map(done -> report());
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
        if (item.line() == failedLine) return Future.succeededFuture();
        if (item instanceof Item.Message message) return take(message);
        if (item instanceof Item.End end) return take(end);
        return fail(item.line(), ((Item.Broken) item).detail());
    }

    private Future<Void> take(Item.Message message) {
        return attempt(() -> intake().add(MessageForm.of(message.json()), message.head()))
                .recover(failure -> Future.failedFuture(at(message.at(), failure)));
    }

    private Future<Void> take(Item.End end) {
        return attempt(() -> end(end.head())).onSuccess(done -> {
            imported++;
            intake = null;
        });
    }

    private Future<Void> end(ObjectNode head) {
        var type = head.path("type").asText("conversation");
        if (type.equals(TaskForm.TYPE)) return endTask(head);
        if (!type.equals("conversation")) throw Problem.invalid("/type", "must be one of conversation, task");
        return head.has(ChatGptTree.MEMBER) ? endTree(head) : intake().finish(head);
    }

    private Future<Void> endTask(ObjectNode head) {
        if (intake != null) throw Problem.invalid("/messages", "is not known in a task");
        return bus.ask(Tasks.IMPORT, TaskForm.of(head).asked(caller)).mapEmpty();
    }

    private Future<Void> endTree(ObjectNode head) {
        var tree = ChatGptTree.of(head);
        Iterator<MessageForm> messages = tree.messages().iterator();
        return Steps.whileTrue(() -> messages.hasNext()
                        ? intake().add(messages.next(), tree.head()).map(true)
                        : Future.succeededFuture(false))
                .compose(added -> intake().finish(tree.head()));
    }

    private ConversationIntake intake() {
        if (intake == null) intake = new ConversationIntake(bus, caller);
        return intake;
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
        return fail(line, Failure.of(problem));
    }

    private Future<Void> fail(int line, String detail) {
        failedLine = line;
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
