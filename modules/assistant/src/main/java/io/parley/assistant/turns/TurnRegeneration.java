package io.parley.assistant.turns;

import io.parley.assistant.turns.context.EarlierChanges;
import io.parley.assistant.turns.context.TurnContext;
import io.parley.assistant.turns.context.TurnContexts;
import io.parley.assistant.turns.context.TurnContexts.Wanted;
import io.parley.assistant.turns.storage.TurnKey;
import io.parley.assistant.turns.storage.TurnMessages;
import io.parley.assistant.turns.storage.TurnStore;
import io.parley.assistant.turns.storage.TurnStore.NewTurn;
import io.parley.contracts.assistant.Chat;
import io.parley.contracts.assistant.Chat.Started;
import io.parley.contracts.assistant.Turn;
import io.parley.contracts.conversations.Conversation;
import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Messages;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** Starts turns that answer a message again. */
final class TurnRegeneration {
    private final Vertx vertx;
    private final Bus bus;
    private final TurnStore store;
    private final TurnContexts contexts;
    private final TurnRun turns;

    TurnRegeneration(Vertx vertx, Bus bus, TurnStore store, TurnContexts contexts, TurnRun turns) {
        this.vertx = vertx;
        this.bus = bus;
        this.store = store;
        this.contexts = contexts;
        this.turns = turns;
    }

    Future<Started> start(Chat.Regenerate command) {
        var wanted = new Wanted(command.provider(), command.model(), command.instructions(), command.timeZone());
        return store.find(command.caller(), command.answeredTurnId())
                .compose(answered -> question(command.caller(), answered)
                        .compose(question -> conversation(command.caller(), question)
                                .compose(conversation -> contexts.of(command.caller(), conversation, wanted))
                                .compose(context -> start(command, context, answered, question))));
    }

    private Future<Message> question(Caller caller, Turn answered) {
        return bus.ask(Messages.FIND, new Messages.Find(caller, answered.userMessageId()))
                .recover(TurnRegeneration::explain);
    }

    private Future<Conversation> conversation(Caller caller, Message question) {
        return bus.ask(Conversations.FIND, new Conversations.Find(caller, question.conversationId()))
                .recover(TurnRegeneration::explain);
    }

    private static <T> Future<T> explain(Throwable failure) {
        return Future.failedFuture(isNotFound(failure) ? questionDeleted() : failure);
    }

    private static boolean isNotFound(Throwable failure) {
        return failure instanceof Problem problem && problem.kind() == Kind.NOT_FOUND;
    }

    private static Problem questionDeleted() {
        return Problem.conflict("", "The message that this turn answered, or its conversation, was deleted.");
    }

    private Future<Started> start(Chat.Regenerate command, TurnContext context, Turn answered, Message question) {
        var key = new TurnKey(command.caller().userId(), command.turnId());
        var choice = context.choice();
        var turn = new NewTurn(key, question.conversationId(), question.id(), choice.provider(), choice.model());
        return store.insert(turn)
                .compose(inserted -> inserted.isPresent()
                        ? begin(command, context, answered, inserted.get()).map(begun -> new Started(begun, false))
                        : repeat(command, question));
    }

    private Future<Started> repeat(Chat.Regenerate command, Message question) {
        return store.find(command.caller(), command.turnId()).map(turn -> {
            if (!turn.answersAgain() || !turn.userMessageId().equals(question.id()))
                throw Problem.conflict("/id", "another turn already has this id");
            return new Started(turn, true);
        });
    }

    // The leaf is moved after the turn was stored, because only then no other turn can be running.
    private Future<Turn> begin(Chat.Regenerate command, TurnContext context, Turn answered, Turn turn) {
        return contexts.requireTokens(command.caller(), context)
                .compose(enough -> EarlierChanges.of(vertx, bus, store, command.caller(), answered))
                .compose(changes -> bus.ask(
                                Messages.BRANCH_OFF, new Messages.BranchOff(command.caller(), turn.userMessageId()))
                        .map(question -> {
                            var messages = new TurnMessages(vertx, bus, command.caller(), turn);
                            turns.run(command.caller(), changes.addTo(context), turn, messages, question);
                            return turn;
                        }))
                .recover(failure -> store.delete(TurnKey.of(turn)).transform(deleted -> explain(failure)));
    }
}
