package io.parley.assistant.turns;

import io.parley.assistant.models.Generation;
import io.parley.assistant.models.ModelChoice;
import io.parley.assistant.models.ModelFailure;
import io.parley.assistant.models.ModelReply;
import io.parley.assistant.models.Prompt;
import io.parley.assistant.models.Prompt.Line;
import io.parley.assistant.models.ToolDescription;
import io.parley.assistant.tools.ToolContext;
import io.parley.assistant.tools.ToolRegistry;
import io.parley.assistant.turns.storage.FailureReport;
import io.parley.assistant.turns.storage.TurnCompletion;
import io.parley.assistant.turns.storage.TurnEnd;
import io.parley.assistant.turns.storage.TurnEventWriter;
import io.parley.assistant.turns.storage.TurnKey;
import io.parley.assistant.turns.storage.TurnMessages;
import io.parley.contracts.assistant.Turn;
import io.parley.contracts.assistant.Turn.Usage;
import io.parley.contracts.messages.Message.Role;
import io.parley.kernel.Caller;
import io.parley.kernel.async.Futures;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A turn while it runs: asks the model, runs the tools that it calls, and repeats that until the model has answered. */
final class RunningTurn {
    private static final Logger log = LoggerFactory.getLogger(RunningTurn.class);

    /** The model may call tools this often; after that it is offered none. */
    static final int MAX_TOOL_ROUNDS = 8;

    private final Turn turn;
    private final ModelChoice choice;
    private final ToolRegistry tools;
    private final TurnMessages messages;
    private final TurnEventWriter events;
    private final TurnCompletion completion;
    private final ToolCallQueue calls;
    private final List<Line> lines = new ArrayList<>();
    private final StringBuilder partialText = new StringBuilder();
    private final Promise<Void> ended = Promise.promise();
    private int toolRounds;
    private @Nullable Usage usage;
    private @Nullable Generation generation;
    private ModelFailure.@Nullable Kind stopReason;

    RunningTurn(
            Turn turn,
            Caller caller,
            ModelChoice choice,
            ToolRegistry tools,
            TurnMessages messages,
            TurnEventWriter events,
            TurnCompletion completion) {
        this.turn = turn;
        this.choice = choice;
        this.tools = tools;
        this.messages = messages;
        this.events = events;
        this.completion = completion;
        this.calls =
                new ToolCallQueue(tools, new ToolContext(caller, turn.conversationId()), messages, events, lines::add);
    }

    /**
     * Succeeds when the turn has ended in any way, or cannot be ended here.
     *
     * @param history the lines of the conversation, including the user's message
     */
    Future<Void> run(Future<List<Line>> history, @Nullable String instructions) {
        return history.compose(conversation -> {
                    if (instructions != null) lines.add(Line.text(Role.SYSTEM, instructions));
                    lines.addAll(conversation);
                    return Futures.loop(this::askModel);
                })
                .transform(done -> done.succeeded() ? complete() : breakOff(cause(done.cause())))
                .otherwise(failure -> {
                    log.error("Turn {} could not be ended", turn.id(), failure);
                    return null;
                })
                .onComplete(ended);
    }

    /** Succeeds when {@link #run} does. */
    Future<Void> ended() {
        return ended.future();
    }

    TurnKey key() {
        return TurnKey.of(turn);
    }

    /** Ends the turn soon and keeps its text so far. */
    void stop(ModelFailure.Kind reason) {
        if (stopReason == null) stopReason = reason;
        if (generation != null) generation.cancel();
    }

    // Returns whether the model called tools, and so needs another request.
    private Future<Boolean> askModel() {
        if (stopReason != null) return Future.failedFuture(new ModelFailure(stopReason));
        partialText.setLength(0);
        var offered = toolRounds < MAX_TOOL_ROUNDS ? tools.descriptions() : List.<ToolDescription>of();
        var prompt = new Prompt(choice.model(), List.copyOf(lines), offered);
        var begun = choice.languageModel().generate(prompt, this::onText);
        generation = begun;
        return begun.reply().compose(this::onReply);
    }

    private void onText(String text) {
        partialText.append(text);
        events.text(text);
    }

    private Future<Boolean> onReply(ModelReply reply) {
        generation = null;
        addUsage(reply.usage());
        return reply.toolCalls().isEmpty() ? onAnswer(reply) : onToolCalls(reply);
    }

    private Future<Boolean> onAnswer(ModelReply reply) {
        if (reply.text().isBlank()) return Future.failedFuture(new ModelFailure(ModelFailure.Kind.BROKEN_OFF));
        return messages.storeAnswer(reply)
                .onSuccess(stored -> partialText.setLength(0))
                .map(false);
    }

    private Future<Boolean> onToolCalls(ModelReply reply) {
        if (toolRounds++ == MAX_TOOL_ROUNDS) return Future.failedFuture(new ModelFailure(ModelFailure.Kind.REFUSED));
        return messages.storeCalls(reply).compose(stored -> {
            partialText.setLength(0);
            lines.add(Line.calls(stored.content(), stored.toolCalls()));
            calls.addAll(reply.toolCalls());
            return Futures.loop(this::runNextTool).map(true);
        });
    }

    private Future<Boolean> runNextTool() {
        return stopReason == null ? calls.runNext() : Future.failedFuture(new ModelFailure(stopReason));
    }

    private void addUsage(ModelReply.@Nullable Usage more) {
        if (more == null) return;
        var before = usage == null ? new Usage(0, 0) : usage;
        usage = new Usage(
                before.promptTokens() + more.promptTokens(), before.completionTokens() + more.completionTokens());
    }

    private Future<Void> complete() {
        return end(TurnEnd.completed(messages.stored(), usage));
    }

    // A cancelled generation does not know why it was cancelled.
    private Throwable cause(Throwable failure) {
        return stopReason != null && isCancelled(failure) ? new ModelFailure(stopReason) : failure;
    }

    // Keeps the text so far, and leaves no tool call without a result.
    private Future<Void> breakOff(Throwable failure) {
        var report = FailureReport.of(failure);
        if (report.status() == 500) log.error("Turn {} failed", turn.id(), failure);
        return Futures.loop(calls::cancelNext)
                .compose(closed -> partialText.toString().isBlank()
                        ? Future.succeededFuture()
                        : messages.storeIncomplete(partialText.toString(), choice.model())
                                .<Void>mapEmpty())
                .recover(notStored -> Future.succeededFuture())
                .compose(stored -> end(
                        isCancelled(failure)
                                ? TurnEnd.cancelled(messages.stored(), usage)
                                : TurnEnd.failed(report, messages.stored(), usage)));
    }

    private static boolean isCancelled(Throwable failure) {
        return failure instanceof ModelFailure model && model.kind() == ModelFailure.Kind.CANCELLED;
    }

    private Future<Void> end(TurnEnd end) {
        return events.published().compose(published -> completion.end(turn, end));
    }
}
