package io.parley.assistant.turns;

import io.parley.assistant.models.ModelFailure;
import io.parley.assistant.summaries.ConversationSummaries;
import io.parley.assistant.titles.ModelTitles;
import io.parley.assistant.tools.ToolRegistry;
import io.parley.assistant.turns.storage.TurnCompletion;
import io.parley.assistant.turns.storage.TurnEventLog;
import io.parley.assistant.turns.storage.TurnEventWriter;
import io.parley.assistant.turns.storage.TurnKey;
import io.parley.assistant.turns.storage.TurnMessages;
import io.parley.contracts.assistant.Turn;
import io.parley.contracts.messages.Message;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.vertx.core.Vertx;
import java.util.List;

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
    private final ModelTitles titles;

    TurnRun(
            Vertx vertx,
            Bus bus,
            TurnSettings settings,
            TurnEventLog log,
            TurnCompletion completion,
            RunningTurns running,
            ToolRegistry tools,
            ConversationSummaries summaries) {
        this.vertx = vertx;
        this.bus = bus;
        this.settings = settings;
        this.log = log;
        this.completion = completion;
        this.running = running;
        this.tools = tools;
        this.summaries = summaries;
        this.titles = new ModelTitles(bus);
    }

    /** @param question the user's message */
    void run(Caller caller, TurnContext context, Turn turn, TurnMessages messages, Message question) {
        var events = new TurnEventWriter(log, TurnKey.of(turn));
        events.started(question);
        var run = new RunningTurn(turn, caller, context, tools, messages, events, completion);
        running.add(turn.id(), run);
        var timer = vertx.setTimer(settings.timeout().toMillis(), fired -> run.stop(ModelFailure.Kind.TIMED_OUT));
        var history = new TurnHistory(
                bus, caller, turn, context, settings.historyTokens(), settings.historyBytes(), summaries, events, run);
        run.run(history.prompt()).onComplete(ended -> {
            vertx.cancelTimer(timer);
            running.remove(turn.id());
            if (ended.succeeded() && ended.result()) onCompleted(caller, context, turn, run, messages.stored());
        });
    }

    private void onCompleted(Caller caller, TurnContext context, Turn turn, RunningTurn run, List<Message> stored) {
        if (settings.modelTitles() && !stored.isEmpty())
            titles.improve(caller, context.choice(), turn.conversationId(), run.said(), stored.get(stored.size() - 1));
    }
}
