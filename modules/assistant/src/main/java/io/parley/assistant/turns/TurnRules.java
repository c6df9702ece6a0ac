package io.parley.assistant.turns;

import io.parley.assistant.AssistantSettings;
import io.parley.assistant.models.ModelCatalogue;
import io.parley.assistant.models.ModelChoice;
import io.parley.assistant.models.ModelFailure;
import io.parley.assistant.tools.ToolRegistry;
import io.parley.contracts.assistant.Chat;
import io.parley.contracts.assistant.Chat.Events;
import io.parley.contracts.assistant.Chat.Started;
import io.parley.contracts.assistant.Turn;
import io.parley.contracts.conversations.Conversation;
import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.conversations.Conversations.ConversationPatch;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.None;
import io.parley.kernel.Patch;
import io.parley.kernel.Versions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** The rules of turns: one at a time in a conversation, begun by its owner, ended by whoever runs it. */
public final class TurnRules {
    private static final int MAX_TITLE = 60;

    private final Vertx vertx;
    private final Bus bus;
    private final AssistantSettings settings;
    private final TurnStore store;
    private final TurnEventStore events;
    private final TurnEventLog log;
    private final ModelCatalogue choices;
    private final ToolRegistry tools;
    private final TurnCompletion ending;
    private final RunningTurns running;

    private boolean isAway;

    public TurnRules(
            Vertx vertx,
            Bus bus,
            AssistantSettings settings,
            TurnStore store,
            TurnEventStore events,
            RunningTurns running,
            ModelCatalogue choices,
            ToolRegistry tools) {
        this.vertx = vertx;
        this.bus = bus;
        this.settings = settings;
        this.store = store;
        this.events = events;
        this.log = new TurnEventLog(vertx, bus, events);
        this.choices = choices;
        this.tools = tools;
        this.ending = new TurnCompletion(vertx, bus, store);
        this.running = running;
    }

    public Future<Started> start(Chat.Start command) {
        return bus.ask(Conversations.FIND, new Conversations.Find(command.caller(), command.conversationId()))
                .compose(conversation -> choices.choose(command.caller(), command.provider(), command.model())
                        .compose(choice -> start(command, conversation, choice)));
    }

    private Future<Started> start(Chat.Start command, Conversation conversation, ModelChoice choice) {
        return store.insert(command, choice.provider(), choice.model())
                .compose(inserted -> inserted.isPresent()
                        ? begin(command, conversation, choice, inserted.get()).map(turn -> new Started(turn, false))
                        : again(command));
    }

    // That the content is the same shows where its message is posted once more under its id.
    private Future<Started> again(Chat.Start command) {
        return store.find(command.caller(), command.turnId())
                .compose(turn -> new TurnMessages(vertx, bus, command.caller(), turn.id(), command.conversationId())
                        .begin(command.content())
                        .map(same -> new Started(turn, true)));
    }

    private Future<Turn> begin(Chat.Start command, Conversation conversation, ModelChoice choice, Turn turn) {
        var caller = command.caller();
        var script = new TurnMessages(vertx, bus, caller, turn.id(), turn.conversationId());
        var journal = new TurnEventWriter(log, turn.id());
        return script.begin(command.content())
                .recover(failure -> store.delete(turn.id()).transform(gone -> Future.failedFuture(failure)))
                // Before anything else is said, which would make a new version of the conversation.
                .compose(said -> title(command, conversation).transform(named -> Future.succeededFuture(said)))
                .map(said -> {
                    journal.started(said);
                    var run = new RunningTurn(turn, caller, choice, tools, script, journal, ending);
                    run(run, turn, command);
                    return turn;
                });
    }

    private void run(RunningTurn run, Turn turn, Chat.Start command) {
        running.add(turn.id(), run);
        var limit = vertx.setTimer(settings.turnTimeout().toMillis(), timer -> run.stop(ModelFailure.Kind.TIMED_OUT));
        var history = new ModelHistory(bus, command.caller(), turn.conversationId(), settings.historyTokens());
        run.go(history.lines(), command.instructions()).onComplete(done -> {
            vertx.cancelTimer(limit);
            running.remove(turn.id());
        });
    }

    // The first words of the first exchange; whoever has a better title in mind may have set it meanwhile.
    private Future<Void> title(Chat.Start command, Conversation conversation) {
        if (conversation.title() != null) return Future.succeededFuture();
        var line = command.content().strip().lines().findFirst().orElse("").strip();
        var title = line.codePointCount(0, line.length()) <= MAX_TITLE
                ? line
                : line.substring(0, line.offsetByCodePoints(0, MAX_TITLE - 1)).strip() + "…";
        return bus.ask(Conversations.FIND, new Conversations.Find(command.caller(), conversation.id()))
                .compose(now -> now.title() == null ? rename(command.caller(), now, title) : Future.succeededFuture());
    }

    private Future<Void> rename(Caller caller, Conversation conversation, String title) {
        var patch = new ConversationPatch(Patch.to(title), Patch.absent(), Patch.absent());
        return bus.ask(
                        Conversations.UPDATE,
                        new Conversations.Update(
                                caller, conversation.id(), Versions.of(conversation.updatedAt()), patch))
                .mapEmpty();
    }

    public Future<Turn> find(Chat.Find query) {
        return store.find(query.caller(), query.id());
    }

    public Future<None> stop(Chat.Stop command) {
        return store.stop(command).onSuccess(noted -> running.stop(command.id()));
    }

    public Future<Events> events(Chat.ListEvents query) {
        return store.find(query.caller(), query.turnId())
                .compose(turn -> events.list(turn.id(), query.after(), turn.status() != Turn.Status.RUNNING));
    }

    /** Ends what nobody runs any more. */
    public void repair() {
        if (isAway) reach();
        else takeStale();
    }

    // While the database was away nobody could show that a turn is run: whoever runs one comes first now.
    private void reach() {
        running.beat().onSuccess(back -> isAway = false);
    }

    private void takeStale() {
        store.takeStale()
                .onFailure(away -> isAway = true)
                .onSuccess(stale -> stale.stream()
                        .filter(turn -> !running.has(turn.id()))
                        .forEach(turn -> new TurnRecovery(vertx, bus, turn, events, ending).go()));
    }
}
