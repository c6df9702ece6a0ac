package io.parley.assistant.turns;

import io.parley.assistant.models.ModelCatalogue;
import io.parley.assistant.models.ModelChoice;
import io.parley.assistant.summaries.ConversationSummaries;
import io.parley.assistant.tools.ToolRegistry;
import io.parley.assistant.turns.context.TurnContext;
import io.parley.assistant.turns.context.TurnContexts;
import io.parley.assistant.turns.context.TurnContexts.Wanted;
import io.parley.assistant.turns.context.TurnSettings;
import io.parley.assistant.turns.files.QuestionFiles;
import io.parley.assistant.turns.storage.LeaseStore;
import io.parley.assistant.turns.storage.TurnCompletion;
import io.parley.assistant.turns.storage.TurnEventLog;
import io.parley.assistant.turns.storage.TurnEventStore;
import io.parley.assistant.turns.storage.TurnKey;
import io.parley.assistant.turns.storage.TurnStore;
import io.parley.contracts.assistant.Chat;
import io.parley.contracts.assistant.Chat.Events;
import io.parley.contracts.assistant.Chat.FoundAnswer;
import io.parley.contracts.assistant.Chat.FoundOutcome;
import io.parley.contracts.assistant.Chat.Started;
import io.parley.contracts.assistant.Responses;
import io.parley.contracts.assistant.Turn;
import io.parley.contracts.conversations.Conversation;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.None;
import io.parley.kernel.Page;
import io.parley.kernel.async.BytesInFlight;
import io.parley.storage.Database;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;

/** The rules of turns: who may see and stop them, and what happens to those whose node dies. */
public final class TurnRules {
    private final TurnStore store;
    private final TurnEventStore events;
    private final TurnContexts contexts;
    private final RunningTurns running;
    private final TurnStart start;
    private final TurnRegeneration regeneration;
    private final TurnOutcomes outcomes;
    private final ResponseRules responses;
    private final AbandonedTurns abandoned;

    public TurnRules(
            Vertx vertx,
            Clock clock,
            Bus bus,
            Database database,
            TurnSettings settings,
            ModelCatalogue catalogue,
            ToolRegistry tools,
            ConversationSummaries summaries,
            BytesInFlight files) {
        store = new TurnStore(database);
        events = new TurnEventStore(database);
        var leases = new LeaseStore(database);
        running = new RunningTurns(leases);
        outcomes = new TurnOutcomes(vertx, bus, events);
        var completion = new TurnCompletion(vertx, bus, store, database.keys());
        var log = new TurnEventLog(vertx, bus, events);
        contexts = new TurnContexts(clock, bus, database.keys(), catalogue, settings);
        var run = new TurnRun(vertx, bus, settings, log, completion, running, tools, summaries, files);
        var questionFiles = new QuestionFiles(bus, settings.fileBytes());
        start = new TurnStart(vertx, bus, store, contexts, questionFiles, run);
        regeneration = new TurnRegeneration(vertx, bus, store, contexts, run);
        responses = new ResponseRules(vertx, bus, store, contexts, questionFiles, run, outcomes);
        abandoned = new AbandonedTurns(vertx, bus, leases, events, completion, running);
    }

    public Future<Started> start(Chat.Start command) {
        return start.start(command);
    }

    public Future<Started> regenerate(Chat.Regenerate command) {
        return regeneration.start(command);
    }

    public Future<FoundAnswer> answer(Chat.FindAnswer query) {
        return store.findAnswer(query).map(found -> new FoundAnswer(found.orElse(null)));
    }

    /** The model that answers in a conversation if the request names none. */
    public Future<ModelChoice> choice(Caller caller, Conversation conversation) {
        return contexts.of(caller, conversation, new Wanted(null, null, null, null))
                .map(TurnContext::choice);
    }

    /** What programs ask for. */
    public Future<?> answerPrograms(Bus bus) {
        return Future.all(
                bus.answer(Responses.CREATE, responses::create),
                bus.answer(Responses.FIND, responses::find),
                bus.answer(Responses.INPUT, responses::input),
                bus.answer(Responses.DELETE, responses::delete),
                bus.subscribe(Responses.ABANDONED, gone -> running.stop(gone.turnId())));
    }

    public Future<Turn> find(Chat.Find query) {
        return store.find(query.caller(), query.id());
    }

    public Future<Page<Turn>> list(Chat.ListMine query) {
        return store.list(query);
    }

    public Future<FoundOutcome> outcome(Chat.FindOutcome query) {
        return store.find(query.caller(), query.id())
                .compose(turn -> turn.status() == Turn.Status.RUNNING
                        ? Future.succeededFuture(new FoundOutcome(null))
                        : outcomes.of(query.caller(), turn).map(FoundOutcome::new));
    }

    public Future<None> stop(Chat.Stop command) {
        return store.requestStop(command).onSuccess(requested -> running.stop(command.id()));
    }

    public Future<Events> events(Chat.ListEvents query) {
        return store.find(query.caller(), query.turnId())
                .compose(turn -> events.list(TurnKey.of(turn), query.after(), turn.status() != Turn.Status.RUNNING));
    }

    /** Call this more often than every 30 s, the duration of a lease. */
    public void extendLeases() {
        if (!running.isEmpty()) running.extendLeases();
    }

    public void recoverAbandoned() {
        abandoned.recover();
    }

    public void deleteOldEvents() {
        events.deleteOld();
    }

    /** Ends the turns that run here, because the node shuts down. */
    public Future<Void> close() {
        return running.close();
    }
}
