package io.parley.assistant.turns;

import io.parley.assistant.history.HistoryMessage;
import io.parley.assistant.history.PromptLines;
import io.parley.assistant.history.SystemPrompt;
import io.parley.assistant.models.ModelCatalogue;
import io.parley.assistant.models.ModelChoice;
import io.parley.assistant.models.ModelFailure;
import io.parley.assistant.models.Prompt.Line;
import io.parley.assistant.tools.ToolRegistry;
import io.parley.assistant.turns.storage.TurnCompletion;
import io.parley.assistant.turns.storage.TurnEventLog;
import io.parley.assistant.turns.storage.TurnEventWriter;
import io.parley.assistant.turns.storage.TurnKey;
import io.parley.assistant.turns.storage.TurnMessages;
import io.parley.assistant.turns.storage.TurnStore;
import io.parley.contracts.assistant.Chat;
import io.parley.contracts.assistant.Chat.Started;
import io.parley.contracts.assistant.Turn;
import io.parley.contracts.conversations.Conversation;
import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.messages.Message;
import io.parley.contracts.users.TimeZones;
import io.parley.contracts.users.User;
import io.parley.contracts.users.Users;
import io.parley.kernel.Bus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;

/** Starts turns: one at a time in a conversation, and each id only once. */
final class TurnStart {
    private final Vertx vertx;
    private final Clock clock;
    private final Bus bus;
    private final TurnLimits limits;
    private final TurnStore store;
    private final TurnEventLog log;
    private final TurnCompletion completion;
    private final RunningTurns running;
    private final ModelCatalogue catalogue;
    private final ToolRegistry tools;

    TurnStart(
            Vertx vertx,
            Clock clock,
            Bus bus,
            TurnLimits limits,
            TurnStore store,
            TurnEventLog log,
            TurnCompletion completion,
            RunningTurns running,
            ModelCatalogue catalogue,
            ToolRegistry tools) {
        this.vertx = vertx;
        this.clock = clock;
        this.bus = bus;
        this.limits = limits;
        this.store = store;
        this.log = log;
        this.completion = completion;
        this.running = running;
        this.catalogue = catalogue;
        this.tools = tools;
    }

    Future<Started> start(Chat.Start command) {
        return bus.ask(Conversations.FIND, new Conversations.Find(command.caller(), command.conversationId()))
                .compose(conversation -> catalogue
                        .choose(command.caller(), command.provider(), command.model())
                        .compose(choice -> bus.ask(Users.FIND, new Users.Find(command.caller()))
                                .compose(user -> start(command, user, conversation, choice))));
    }

    private static ZoneId zone(Chat.Start command, User user) {
        return TimeZones.rules(command.timeZone() == null ? user.timeZone() : command.timeZone());
    }

    private Future<Started> start(Chat.Start command, User user, Conversation conversation, ModelChoice choice) {
        return store.insert(command, choice.provider(), choice.model())
                .compose(inserted -> inserted.isPresent()
                        ? begin(command, user, conversation, choice, inserted.get())
                                .map(turn -> new Started(turn, false))
                        : repeat(command));
    }

    // Posting the user's message again under its id fails if the content is another one.
    private Future<Started> repeat(Chat.Start command) {
        return store.find(command.caller(), command.turnId())
                .compose(turn ->
                        messages(command, turn).storeQuestion(command.content()).map(same -> new Started(turn, true)));
    }

    // The title comes before the message, because the message makes a new version of the conversation.
    private Future<Turn> begin(
            Chat.Start command, User user, Conversation conversation, ModelChoice choice, Turn turn) {
        var messages = messages(command, turn);
        return ConversationTitle.setIfMissing(bus, command.caller(), conversation, command.content())
                .compose(titled -> messages.storeQuestion(command.content()))
                .recover(failure -> store.delete(TurnKey.of(turn)).transform(deleted -> Future.failedFuture(failure)))
                .map(question -> {
                    run(command, user, choice, turn, messages, question);
                    return turn;
                });
    }

    private TurnMessages messages(Chat.Start command, Turn turn) {
        return new TurnMessages(vertx, bus, command.caller(), turn.id(), command.conversationId(), turn.provider());
    }

    private void run(
            Chat.Start command, User user, ModelChoice choice, Turn turn, TurnMessages messages, Message question) {
        var zone = zone(command, user);
        var events = new TurnEventWriter(log, TurnKey.of(turn));
        events.started(question);
        var run = new RunningTurn(turn, command.caller(), zone, choice, tools, messages, events, completion);
        running.add(turn.id(), run);
        var timer = vertx.setTimer(limits.timeout().toMillis(), fired -> run.stop(ModelFailure.Kind.TIMED_OUT));
        var history = new ModelHistory(bus, command.caller(), turn, limits.historyTokens());
        run.run(history.messages().map(said -> prompt(said, command, user, choice)))
                .onComplete(ended -> {
                    vertx.cancelTimer(timer);
                    running.remove(turn.id());
                });
    }

    // The offline commands read single messages, which are not to be merged.
    private List<Line> prompt(List<HistoryMessage> said, Chat.Start command, User user, ModelChoice choice) {
        var instructions = Stream.ofNullable(command.instructions()).toList();
        if (choice.provider() == null) return PromptLines.lenient(said, List.of(), instructions);
        var zone = zone(command, user);
        var base = SystemPrompt.base(LocalDate.now(clock.withZone(zone)), zone, user.name());
        return PromptLines.of(said, List.of(base), instructions);
    }
}
