package io.parley.assistant.turns;

import io.parley.assistant.models.Generation;
import io.parley.assistant.models.ModelChoice;
import io.parley.assistant.models.ModelFailure;
import io.parley.assistant.models.ModelReply;
import io.parley.assistant.models.Prompt;
import io.parley.assistant.models.Prompt.Line;
import io.parley.assistant.models.ToolCall;
import io.parley.assistant.models.ToolDescription;
import io.parley.assistant.tools.ToolContext;
import io.parley.assistant.tools.ToolRegistry;
import io.parley.contracts.assistant.Turn;
import io.parley.contracts.assistant.Turn.Usage;
import io.parley.contracts.messages.Message.Role;
import io.parley.kernel.Caller;
import io.parley.kernel.Futures;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One turn on its way: asks the model, runs the tools that it asks for, and so on until it has answered. */
final class RunningTurn {
    private static final Logger log = LoggerFactory.getLogger(RunningTurn.class);

    /** So often a model may ask for tools before it must answer. */
    static final int MAX_ROUNDS = 8;

    private static final String NOT_RUN = "{\"error\":\"The turn ended before this was done.\"}";

    private final Turn turn;
    private final Caller caller;
    private final ModelChoice choice;
    private final ToolRegistry tools;
    private final TurnMessages script;
    private final TurnEventWriter journal;
    private final TurnCompletion ending;
    private final List<Line> lines = new ArrayList<>();
    private final Deque<ToolCall> open = new ArrayDeque<>();
    private final StringBuilder partial = new StringBuilder();
    private final Promise<Void> ended = Promise.promise();
    private int round;
    private @Nullable Usage usage;
    private @Nullable Generation generation;
    private ModelFailure.@Nullable Kind stopped;

    RunningTurn(
            Turn turn,
            Caller caller,
            ModelChoice choice,
            ToolRegistry tools,
            TurnMessages script,
            TurnEventWriter journal,
            TurnCompletion ending) {
        this.turn = turn;
        this.caller = caller;
        this.choice = choice;
        this.tools = tools;
        this.script = script;
        this.journal = journal;
        this.ending = ending;
    }

    /** Succeeds when the turn has ended, in whatever way, or cannot be ended here. */
    Future<Void> go(Future<List<Line>> history, @Nullable String instructions) {
        return history.compose(told -> {
                    if (instructions != null) lines.add(new Line(Role.SYSTEM, instructions, null, null));
                    lines.addAll(told);
                    return Futures.whileTrue(this::round);
                })
                .transform(done -> done.succeeded() ? complete() : breakOff(reason(done.cause())))
                .otherwise(failure -> {
                    log.error("Turn {} could not be ended", turn.id(), failure);
                    return null;
                })
                .onComplete(ended);
    }

    /** Succeeds when {@link #go} does. */
    Future<Void> ended() {
        return ended.future();
    }

    /** Ends it soon, with what there is. */
    void stop(ModelFailure.Kind why) {
        if (stopped == null) stopped = why;
        if (generation != null) generation.cancel();
    }

    private Future<Boolean> round() {
        if (stopped != null) return Future.failedFuture(new ModelFailure(stopped));
        partial.setLength(0);
        var offered = round < MAX_ROUNDS ? tools.descriptions() : List.<ToolDescription>of();
        var asked = choice.language().generate(new Prompt(choice.model(), List.copyOf(lines), offered), this::say);
        generation = asked;
        return asked.reply().compose(this::replied);
    }

    private void say(String text) {
        partial.append(text);
        journal.delta(text);
    }

    private Future<Boolean> replied(ModelReply reply) {
        generation = null;
        count(reply.usage());
        if (reply.toolCalls().isEmpty()) {
            if (reply.text().isBlank()) return Future.failedFuture(new ModelFailure(ModelFailure.Kind.BROKEN_OFF));
            return script.said(reply).onSuccess(said -> partial.setLength(0)).map(false);
        }
        if (round++ == MAX_ROUNDS) return Future.failedFuture(new ModelFailure(ModelFailure.Kind.REFUSED));
        return script.called(reply).compose(called -> {
            partial.setLength(0);
            lines.add(new Line(Role.ASSISTANT, called.content(), called.toolCalls(), null));
            open.addAll(reply.toolCalls());
            return Futures.whileTrue(this::runTool).map(true);
        });
    }

    private Future<Boolean> runTool() {
        var call = open.peek();
        if (call == null) return Future.succeededFuture(false);
        if (stopped != null) return Future.failedFuture(new ModelFailure(stopped));
        journal.called(call);
        return tools.run(new ToolContext(caller, turn.conversationId()), call)
                .compose(result -> answer(call, result))
                .map(true);
    }

    private Future<Void> answer(ToolCall call, String result) {
        return script.answered(call, result).map(answered -> {
            open.remove(call);
            journal.answered(call, result);
            lines.add(new Line(Role.TOOL, result, null, call.id()));
            return null;
        });
    }

    private void count(ModelReply.@Nullable Usage more) {
        if (more == null) return;
        var before = usage == null ? new Usage(0, 0) : usage;
        usage = new Usage(
                before.promptTokens() + more.promptTokens(), before.completionTokens() + more.completionTokens());
    }

    private Future<Void> complete() {
        return end(TurnOutcome.completed(script.messages(), usage));
    }

    // A generation that was cancelled does not know why.
    private Throwable reason(Throwable failure) {
        return stopped != null && isCancelled(failure) ? new ModelFailure(stopped) : failure;
    }

    // What there is of an answer is kept, and no call stays without a result.
    private Future<Void> breakOff(Throwable failure) {
        var report = FailureReport.of(failure);
        if (report.status() == 500) log.error("Turn {} failed", turn.id(), failure);
        return Futures.whileTrue(this::closeTool)
                .compose(closed -> partial.toString().isBlank()
                        ? Future.succeededFuture()
                        : script.incomplete(partial.toString(), choice.model()).<Void>mapEmpty())
                .recover(lost -> Future.succeededFuture())
                .compose(kept -> end(
                        isCancelled(failure)
                                ? TurnOutcome.cancelled(script.messages(), usage)
                                : TurnOutcome.failed(report, script.messages(), usage)));
    }

    private Future<Boolean> closeTool() {
        var call = open.peek();
        return call == null
                ? Future.succeededFuture(false)
                : answer(call, NOT_RUN).map(true);
    }

    private static boolean isCancelled(Throwable failure) {
        return failure instanceof ModelFailure model && model.kind() == ModelFailure.Kind.CANCELLED;
    }

    private Future<Void> end(TurnOutcome outcome) {
        return journal.settled().compose(told -> ending.end(turn, outcome));
    }
}
