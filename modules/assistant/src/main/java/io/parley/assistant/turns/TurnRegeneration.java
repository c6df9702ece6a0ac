package io.parley.assistant.turns;

import io.parley.assistant.models.ModelCatalogue;
import io.parley.assistant.models.ModelChoice;
import io.parley.assistant.turns.storage.TurnKey;
import io.parley.assistant.turns.storage.TurnMessages;
import io.parley.assistant.turns.storage.TurnStore;
import io.parley.assistant.turns.storage.TurnStore.NewTurn;
import io.parley.contracts.assistant.Chat;
import io.parley.contracts.assistant.Chat.Started;
import io.parley.contracts.assistant.Turn;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Messages;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.ZoneId;

/** Starts turns that answer a message again. */
final class TurnRegeneration {
    private final Vertx vertx;
    private final Bus bus;
    private final TurnStore store;
    private final ModelCatalogue catalogue;
    private final TurnRun turns;

    TurnRegeneration(Vertx vertx, Bus bus, TurnStore store, ModelCatalogue catalogue, TurnRun turns) {
        this.vertx = vertx;
        this.bus = bus;
        this.store = store;
        this.catalogue = catalogue;
        this.turns = turns;
    }

    Future<Started> start(Chat.Regenerate command) {
        return store.find(command.caller(), command.answeredTurnId())
                .compose(answered -> question(command.caller(), answered)
                        .compose(question -> catalogue
                                .choose(command.caller(), command.provider(), command.model())
                                .compose(choice -> TurnZone.of(bus, command.caller(), command.timeZone())
                                        .compose(zone -> start(command, zone, answered, question, choice)))));
    }

    private Future<Message> question(Caller caller, Turn answered) {
        return bus.ask(Messages.FIND, new Messages.Find(caller, answered.userMessageId()))
                .recover(failure -> Future.failedFuture(isNotFound(failure) ? questionDeleted() : failure));
    }

    private static boolean isNotFound(Throwable failure) {
        return failure instanceof Problem problem && problem.kind() == Kind.NOT_FOUND;
    }

    private static Problem questionDeleted() {
        return Problem.conflict("", "The message that this turn answered, or its conversation, was deleted.");
    }

    private Future<Started> start(
            Chat.Regenerate command, ZoneId zone, Turn answered, Message question, ModelChoice choice) {
        var key = new TurnKey(command.caller().userId(), command.turnId());
        var turn = new NewTurn(key, question.conversationId(), question.id(), choice.provider(), choice.model());
        return store.insert(turn)
                .compose(inserted -> inserted.isPresent()
                        ? begin(command, zone, answered, choice, inserted.get()).map(begun -> new Started(begun, false))
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
    private Future<Turn> begin(Chat.Regenerate command, ZoneId zone, Turn answered, ModelChoice choice, Turn turn) {
        return EarlierChanges.of(vertx, bus, store, command.caller(), answered)
                .compose(changes -> bus.ask(
                                Messages.BRANCH_OFF, new Messages.BranchOff(command.caller(), turn.userMessageId()))
                        .map(question -> {
                            var messages = new TurnMessages(vertx, bus, command.caller(), turn);
                            turns.run(
                                    command.caller(),
                                    zone,
                                    changes.adapt(choice),
                                    turn,
                                    messages,
                                    question,
                                    changes.addTo(command.instructions()));
                            return turn;
                        }))
                .recover(failure -> store.delete(TurnKey.of(turn))
                        .transform(deleted -> Future.failedFuture(isNotFound(failure) ? questionDeleted() : failure)));
    }
}
