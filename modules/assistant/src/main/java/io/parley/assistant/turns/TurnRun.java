package io.parley.assistant.turns;

import io.parley.assistant.history.HistoryMessage;
import io.parley.assistant.models.ModelFailure;
import io.parley.assistant.summaries.ConversationSummaries;
import io.parley.assistant.titles.ModelTitles;
import io.parley.assistant.tools.ToolRegistry;
import io.parley.assistant.turns.context.ModelHistory;
import io.parley.assistant.turns.context.TurnContext;
import io.parley.assistant.turns.context.TurnHistory;
import io.parley.assistant.turns.context.TurnPrompt;
import io.parley.assistant.turns.context.TurnSettings;
import io.parley.assistant.turns.files.ShownFiles;
import io.parley.assistant.turns.storage.TurnCompletion;
import io.parley.assistant.turns.storage.TurnEventLog;
import io.parley.assistant.turns.storage.TurnEventWriter;
import io.parley.assistant.turns.storage.TurnKey;
import io.parley.assistant.turns.storage.TurnMessages;
import io.parley.assistant.turns.storage.UnstoredTurn;
import io.parley.contracts.assistant.Responses.UnstoredFile;
import io.parley.contracts.assistant.Turn;
import io.parley.contracts.messages.Message;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.async.BytesInFlight;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs turns whose user's message is stored, until they end or take too long. */
final class TurnRun {
    private final Vertx vertx;
    private final Bus bus;
    private final TurnSettings settings;
    private final TurnEventLog log;
    private final TurnCompletion completion;
    private final RunningTurns running;
    private final ToolRegistry tools;
    private final ConversationSummaries summaries;
    private final BytesInFlight fileMemory;
    private final ModelTitles titles;

    TurnRun(
            Vertx vertx,
            Bus bus,
            TurnSettings settings,
            TurnEventLog log,
            TurnCompletion completion,
            RunningTurns running,
            ToolRegistry tools,
            ConversationSummaries summaries,
            BytesInFlight fileMemory) {
        this.vertx = vertx;
        this.bus = bus;
        this.settings = settings;
        this.log = log;
        this.completion = completion;
        this.running = running;
        this.tools = tools;
        this.summaries = summaries;
        this.fileMemory = fileMemory;
        this.titles = new ModelTitles(bus);
    }

    /** @param question the user's message */
    void run(Caller caller, TurnContext context, Turn turn, TurnMessages messages, Message question) {
        begin(caller, context, turn, messages, question, (run, completed) -> {
            if (completed) onCompleted(caller, context, turn, run, messages.stored());
        });
    }

    /** The same for a program, whose conversations get no titles. */
    void answer(Caller caller, TurnContext context, Turn turn, TurnMessages messages, Message question) {
        begin(caller, context, turn, messages, question, (run, completed) -> {});
    }

    private void begin(
            Caller caller,
            TurnContext context,
            Turn turn,
            TurnMessages messages,
            Message question,
            BiConsumer<RunningTurn, Boolean> onEnd) {
        var events = new TurnEventWriter(log, TurnKey.of(turn));
        events.started(question);
        var run = new RunningTurn(turn, caller, context, tools, messages, events, completion);
        running.add(turn.id(), run);
        var history = new TurnHistory(
                bus, caller, turn, context, settings.historyTokens(), settings.historyBytes(), summaries, events, run);
        var memory = fileMemory.open();
        var prompt = history.prompt().compose(begun -> withFiles(begun, caller, memory, List.of()));
        untilTimeout(run, prompt).onSuccess(completed -> {
            memory.release();
            running.remove(turn.id());
            onEnd.accept(run, completed);
        });
    }

    /**
     * Runs a turn of which nothing is stored.
     *
     * @param input the messages that it answers, oldest first
     * @param files of the input that are not stored
     * @param parent the stored message that they follow; null if they begin a conversation
     */
    void answerUnstored(
            Caller caller,
            TurnContext context,
            Turn turn,
            TurnMessages messages,
            List<Message> input,
            List<UnstoredFile> files,
            @Nullable UUID parent) {
        var unstored = new UnstoredTurn(bus);
        var events = new TurnEventWriter(unstored, TurnKey.of(turn));
        events.started(input.get(input.size() - 1));
        var run = new RunningTurn(turn, caller, context, tools, messages, events, unstored);
        running.addUnstored(turn.id(), run);
        var memory = fileMemory.open();
        var prompt = unstoredPrompt(caller, context, turn, input, parent)
                .compose(begun -> withFiles(begun, caller, memory, files));
        untilTimeout(run, prompt).onSuccess(completed -> {
            memory.release();
            running.removeUnstored(turn.id());
        });
    }

    private Future<TurnPrompt> withFiles(
            TurnPrompt prompt, Caller caller, BytesInFlight.Share memory, List<UnstoredFile> unstored) {
        var choice = prompt.context().choice();
        return new ShownFiles(bus, caller, choice, settings.fileBytes(), memory, unstored)
                .addTo(prompt.messages())
                .map(messages -> new TurnPrompt(prompt.context(), messages));
    }

    private Future<TurnPrompt> unstoredPrompt(
            Caller caller, TurnContext context, Turn turn, List<Message> input, @Nullable UUID parent) {
        var earlier = parent == null
                ? Future.succeededFuture(List.<HistoryMessage>of())
                : new ModelHistory(bus, caller, turn, settings.historyTokens(), settings.historyBytes(), null)
                        .readBranch(parent)
                        .compose(ModelHistory::messages);
        return earlier.map(before -> new TurnPrompt(
                context,
                Stream.concat(before.stream(), input.stream().map(message -> new HistoryMessage(message, null)))
                        .toList()));
    }

    private Future<Boolean> untilTimeout(RunningTurn run, Future<TurnPrompt> prompt) {
        var timer = vertx.setTimer(settings.timeout().toMillis(), fired -> run.stop(ModelFailure.Kind.TIMED_OUT));
        return run.run(prompt).onComplete(ended -> vertx.cancelTimer(timer));
    }

    private void onCompleted(Caller caller, TurnContext context, Turn turn, RunningTurn run, List<Message> stored) {
        if (settings.modelTitles() && !stored.isEmpty())
            titles.improve(caller, context.choice(), turn.conversationId(), run.said(), stored.get(stored.size() - 1));
    }
}
