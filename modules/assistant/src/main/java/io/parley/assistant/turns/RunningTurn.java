package io.parley.assistant.turns;

import io.parley.assistant.history.HistoryMessage;
import io.parley.assistant.metrics.TurnMeters;
import io.parley.assistant.models.Generation;
import io.parley.assistant.models.ModelFailure;
import io.parley.assistant.models.ModelReply;
import io.parley.assistant.models.Prompt;
import io.parley.assistant.models.Prompt.Attached;
import io.parley.assistant.models.ToolDescription;
import io.parley.assistant.summaries.SummaryListener;
import io.parley.assistant.tools.ToolContext;
import io.parley.assistant.tools.ToolRegistry;
import io.parley.assistant.turns.context.TurnContext;
import io.parley.assistant.turns.context.TurnPrompt;
import io.parley.assistant.turns.storage.FailureReport;
import io.parley.assistant.turns.storage.Incomplete;
import io.parley.assistant.turns.storage.TurnEnd;
import io.parley.assistant.turns.storage.TurnEnding;
import io.parley.assistant.turns.storage.TurnEventWriter;
import io.parley.assistant.turns.storage.TurnKey;
import io.parley.assistant.turns.storage.TurnMessages;
import io.parley.contracts.assistant.Summary;
import io.parley.contracts.assistant.Turn;
import io.parley.contracts.assistant.Turn.Usage;
import io.parley.contracts.messages.Message;
import io.parley.kernel.Caller;
import io.parley.kernel.async.Futures;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A turn while it runs: asks the model, runs the tools that it calls, and repeats that until the model has answered. */
final class RunningTurn implements SummaryListener {
    private static final Logger log = LoggerFactory.getLogger(RunningTurn.class);

    /** The model may call tools this often; after that it is offered none. */
    static final int MAX_TOOL_ROUNDS = 8;

    private final Turn turn;
    private final Caller caller;
    private TurnContext context;
    private final ToolRegistry tools;
    private final TurnMessages messages;
    private final TurnEventWriter events;
    private final TurnEnding completion;
    private final ToolCallQueue calls;
    private final List<HistoryMessage> said = new ArrayList<>();
    private final PartialReply partial;
    private final Promise<Void> ended = Promise.promise();
    private final TurnMeters meters;
    private int toolRounds;
    private @Nullable String finishReason;
    private @Nullable Usage usage;
    private @Nullable Generation generation;
    private ModelFailure.@Nullable Kind stopReason;

    RunningTurn(
            Turn turn,
            Caller caller,
            TurnContext context,
            ToolRegistry tools,
            TurnMessages messages,
            TurnEventWriter events,
            TurnEnding completion) {
        this.turn = turn;
        this.caller = caller;
        this.context = context;
        this.tools = tools;
        this.messages = messages;
        this.events = events;
        this.completion = completion;
        this.partial = new PartialReply(events);
        this.meters =
                new TurnMeters(context.choice().provider(), context.choice().model());
        var toolContext = new ToolContext(
                caller, turn.conversationId(), context.zone(), messages::has, null, context.encrypted() ? true : null);
        this.calls = new ToolCallQueue(context.offer(), tools, toolContext, messages, events, this::add);
    }

    /**
     * Succeeds when the turn has ended in any way, or cannot be ended here, with whether it was completed.
     *
     * @param prompt what the model is sent first, including the user's message
     */
    Future<Boolean> run(Future<TurnPrompt> prompt) {
        return prompt.compose(first -> {
                    context = first.context();
                    said.addAll(first.messages());
                    return Futures.loop(this::askModel);
                })
                .transform(done -> done.succeeded()
                        ? complete().map(true)
                        : breakOff(cause(done.cause())).map(false))
                .otherwise(failure -> {
                    log.error("Turn {} could not be ended", turn.id(), failure);
                    return false;
                })
                .onComplete(done -> {
                    meters.ended();
                    ended.complete();
                });
    }

    /** Succeeds when {@link #run} does. */
    Future<Void> ended() {
        return ended.future();
    }

    /** All messages that the model has been sent so far. */
    List<HistoryMessage> said() {
        return List.copyOf(said);
    }

    TurnKey key() {
        return TurnKey.of(turn);
    }

    /** Ends the turn soon and keeps its text so far. */
    void stop(ModelFailure.Kind reason) {
        if (stopReason == null) stopReason = reason;
        if (generation != null) generation.cancel();
    }

    @Override
    public void onRequest(Generation request) {
        generation = request;
    }

    @Override
    public void onUsage(Summary.Usage spent) {
        var before = usage == null ? Usage.NONE : usage;
        usage = before.plus(new Usage(0, 0, 0, 0, 0, spent.tokens()));
    }

    @Override
    public boolean isStopped() {
        return stopReason != null;
    }

    // Returns whether the model called tools, and so needs another request.
    private Future<Boolean> askModel() {
        if (stopReason != null) return Future.failedFuture(new ModelFailure(stopReason));
        partial.clear();
        finishReason = null;
        var offer = context.offer();
        var offered =
                toolRounds < MAX_TOOL_ROUNDS ? offer.among(tools.descriptions(caller)) : List.<ToolDescription>of();
        var prompt = new Prompt(
                context.choice().model(), context.prompt(said), offered, context.zone(), offer.wishes(toolRounds > 0));
        meters.round();
        var begun = context.choice().languageModel().generate(prompt, partial);
        generation = begun;
        return begun.reply().onFailure(this::addUsageOf).compose(this::onReply);
    }

    private Future<Boolean> onReply(ModelReply reply) {
        generation = null;
        finishReason = reply.finishReason();
        addUsage(reply.usage());
        return reply.toolCalls().isEmpty() ? onAnswer(reply) : onToolCalls(reply);
    }

    private Future<Boolean> onAnswer(ModelReply reply) {
        if (!reply.text().isBlank())
            return messages.storeAnswer(reply)
                    .onSuccess(stored -> partial.clear())
                    .map(false);
        // A model that has used its tools may have nothing to add.
        return toolRounds > 0
                ? Future.succeededFuture(false)
                : Future.failedFuture(new ModelFailure(ModelFailure.Kind.EMPTY));
    }

    private Future<Boolean> onToolCalls(ModelReply reply) {
        if (toolRounds++ == MAX_TOOL_ROUNDS) return Future.failedFuture(new ModelFailure(ModelFailure.Kind.REFUSED));
        var byClient = reply.toolCalls().stream()
                .filter(call -> context.offer().isOfClient(call.name()))
                .toList();
        return messages.storeCalls(reply, byClient).compose(stored -> {
            partial.clear();
            said.add(new HistoryMessage(stored, Attached.of(reply.providerState(), reply.reasoning())));
            calls.addAll(stored, reply.toolCalls(), byClient);
            // The results that the program finds come with its next request.
            return Futures.loop(this::runNextTool).map(byClient.isEmpty());
        });
    }

    private void add(Message result) {
        said.add(new HistoryMessage(result, null));
    }

    private Future<Boolean> runNextTool() {
        return stopReason == null ? calls.runNext() : Future.failedFuture(new ModelFailure(stopReason));
    }

    private void addUsageOf(Throwable failure) {
        if (failure instanceof ModelFailure model) addUsage(model.usage());
    }

    private void addUsage(ModelReply.@Nullable Usage more) {
        if (more == null) return;
        meters.spent(more.promptTokens(), more.completionTokens());
        var before = usage == null ? Usage.NONE : usage;
        usage = before.plus(new Usage(
                more.promptTokens(),
                more.completionTokens(),
                more.cachedTokens(),
                more.cacheWriteTokens(),
                more.reasoningTokens(),
                0));
    }

    private Future<Void> complete() {
        return end(TurnEnd.completed(result()));
    }

    private TurnEnd.Result result() {
        return new TurnEnd.Result(messages.stored(), finishReason, usage);
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
                .compose(closed -> storePartial(isCancelled(failure) ? Incomplete.CANCELLED : Incomplete.FAILED))
                .recover(notStored -> Future.succeededFuture())
                .compose(stored ->
                        end(isCancelled(failure) ? TurnEnd.cancelled(result()) : TurnEnd.failed(report, result())));
    }

    private Future<Void> storePartial(Incomplete reason) {
        return partial.text().isBlank()
                ? Future.succeededFuture()
                : messages.storeIncomplete(
                                partial.text(),
                                partial.reasoning(),
                                context.choice().model(),
                                reason)
                        .mapEmpty();
    }

    private static boolean isCancelled(Throwable failure) {
        return failure instanceof ModelFailure model && model.kind() == ModelFailure.Kind.CANCELLED;
    }

    private Future<Void> end(TurnEnd end) {
        meters.ending(end.status().name().toLowerCase(Locale.ROOT), end.errorCode());
        return events.published().compose(published -> completion.end(turn, end));
    }
}
