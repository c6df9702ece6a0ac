package io.parley.assistant.turns;

import io.parley.assistant.turns.context.TurnContext;
import io.parley.assistant.turns.context.TurnContexts;
import io.parley.assistant.turns.files.QuestionFiles;
import io.parley.assistant.turns.storage.TurnKey;
import io.parley.assistant.turns.storage.TurnMessages;
import io.parley.assistant.turns.storage.TurnStore;
import io.parley.assistant.turns.storage.TurnStore.NewTurn;
import io.parley.assistant.turns.storage.UnstoredTurn;
import io.parley.contracts.assistant.Chat.Started;
import io.parley.contracts.assistant.Responses;
import io.parley.contracts.assistant.Responses.Found;
import io.parley.contracts.assistant.Responses.Input;
import io.parley.contracts.assistant.Responses.UnstoredFile;
import io.parley.contracts.assistant.Turn;
import io.parley.contracts.assistant.Turn.Status;
import io.parley.contracts.conversations.Conversation;
import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.MessageDraft;
import io.parley.contracts.messages.Messages;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.None;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Versions;
import io.parley.kernel.async.Futures;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rules of turns that programs ask for. */
final class ResponseRules {
    private final Vertx vertx;
    private final Bus bus;
    private final TurnStore store;
    private final TurnContexts contexts;
    private final QuestionFiles files;
    private final TurnRun turns;
    private final TurnOutcomes outcomes;

    ResponseRules(
            Vertx vertx,
            Bus bus,
            TurnStore store,
            TurnContexts contexts,
            QuestionFiles files,
            TurnRun turns,
            TurnOutcomes outcomes) {
        this.vertx = vertx;
        this.bus = bus;
        this.store = store;
        this.contexts = contexts;
        this.files = files;
        this.turns = turns;
        this.outcomes = outcomes;
    }

    Future<Started> create(Responses.Create command) {
        if (!command.isStored()) return createUnstored(command);
        return bus.ask(Conversations.FIND, new Conversations.Find(command.caller(), command.conversationId()))
                .compose(conversation -> contexts.of(command.caller(), conversation, command.request()))
                .compose(context -> checked(command, context)
                        .compose(input -> store.insert(newTurn(command, context))
                                .compose(inserted -> inserted.isPresent()
                                        ? begin(command, context, inserted.get(), input)
                                                .map(turn -> new Started(turn, false))
                                        : repeat(command))));
    }

    private Future<List<MessageDraft>> checked(Responses.Create command, TurnContext context) {
        var unstored = command.files().stream().map(UnstoredFile::id).collect(Collectors.toSet());
        return files.checkAll(command.caller(), context.choice(), command.input(), unstored);
    }

    private static NewTurn newTurn(Responses.Create command, TurnContext context) {
        return new NewTurn(
                new TurnKey(command.caller().userId(), command.turnId()),
                command.conversationId(),
                Turn.messageId(command.turnId(), 0),
                context.choice().provider(),
                context.choice().model(),
                command.request().kept());
    }

    // Posting the same input again under its ids fails if it is another one.
    private Future<Started> repeat(Responses.Create command) {
        return store.find(command.caller(), command.turnId()).compose(turn -> {
            if (turn.answersAgain()) throw Problem.conflict("/id", "another turn already has this id");
            return messages(command.caller(), turn)
                    .storeInput(command.input(), command.parentId())
                    .map(same -> new Started(turn, true));
        });
    }

    private Future<Turn> begin(Responses.Create command, TurnContext context, Turn turn, List<MessageDraft> input) {
        var messages = messages(command.caller(), turn);
        return contexts.requireTokens(command.caller(), context)
                .compose(enough -> messages.storeInput(input, command.parentId()))
                .recover(failure -> store.delete(TurnKey.of(turn)).transform(deleted -> Future.failedFuture(failure)))
                .map(stored -> {
                    turns.answer(command.caller(), context, turn, messages, stored.get(stored.size() - 1));
                    return turn;
                });
    }

    private TurnMessages messages(Caller caller, Turn turn) {
        return new TurnMessages(vertx, bus, caller, turn);
    }

    private Future<Started> createUnstored(Responses.Create command) {
        var parent = command.parentId().value();
        var conversation = parent == null
                ? Future.<@Nullable Conversation>succeededFuture(null)
                : bus.ask(Conversations.FIND, new Conversations.Find(command.caller(), command.conversationId()));
        return conversation
                .compose(found -> contexts.of(command.caller(), found, command.request()))
                .compose(context -> contexts.requireTokens(command.caller(), context)
                        .compose(enough -> checked(command, context))
                        .compose(input -> beginUnstored(command, context, parent, input)));
    }

    private Future<Started> beginUnstored(
            Responses.Create command, TurnContext context, @Nullable UUID parent, List<MessageDraft> drafts) {
        var caller = command.caller();
        var turn = unstored(command, context);
        var messages = new TurnMessages(vertx, bus, caller, turn, UnstoredTurn::message);
        return messages.storeInput(drafts, command.parentId()).map(input -> {
            // Not before the reply, because nobody can read again what was published earlier.
            vertx.setTimer(
                    1, soon -> turns.answerUnstored(caller, context, turn, messages, input, command.files(), parent));
            return new Started(turn, false);
        });
    }

    private static Turn unstored(Responses.Create command, TurnContext context) {
        return new Turn(
                command.turnId(),
                command.conversationId(),
                command.caller().userId(),
                Turn.messageId(command.turnId(), 0),
                Status.RUNNING,
                context.choice().provider(),
                context.choice().model(),
                null,
                null,
                null,
                null,
                Instant.now(),
                null);
    }

    Future<Found> find(Responses.Find query) {
        return store.find(query.caller(), query.id())
                .compose(turn -> output(query.caller(), turn)
                        .compose(messages -> store.request(TurnKey.of(turn))
                                .map(request -> new Found(turn, request.orElse(null), messages))));
    }

    private Future<List<Message>> output(Caller caller, Turn turn) {
        return turn.status() == Status.RUNNING
                ? Future.succeededFuture(List.of())
                : outcomes.of(caller, turn)
                        .map(outcome -> outcome.messages().stream()
                                .filter(message -> !message.id().equals(turn.userMessageId()))
                                .toList());
    }

    Future<Input> input(Responses.Find query) {
        return store.find(query.caller(), query.id())
                .compose(turn -> turn.answersAgain()
                        ? message(query.caller(), turn.userMessageId()).map(List::of)
                        : input(query.caller(), turn.id()))
                .map(Input::new);
    }

    private Future<List<Message>> input(Caller caller, UUID turnId) {
        var newestFirst = new ArrayList<Message>();
        return Futures.loop(() -> message(caller, Turn.messageId(turnId, -newestFirst.size()))
                        .map(newestFirst::add)
                        .recover(failure ->
                                isNotFound(failure) ? Future.succeededFuture(false) : Future.failedFuture(failure)))
                .map(read -> {
                    Collections.reverse(newestFirst);
                    return newestFirst;
                });
    }

    private Future<Message> message(Caller caller, UUID id) {
        return bus.ask(Messages.FIND, new Messages.Find(caller, id));
    }

    Future<None> delete(Responses.Delete command) {
        var caller = command.caller();
        return store.find(caller, command.id()).compose(turn -> {
            if (turn.status() == Status.RUNNING)
                throw Problem.conflict("", "The response is still running. Wait for its end, or cancel it.");
            return output(caller, turn)
                    .compose(output -> input(new Responses.Find(caller, turn.id()))
                            .compose(input -> trash(caller, output)
                                    .compose(trashed -> turn.answersAgain()
                                            ? Future.succeededFuture()
                                            : trash(caller, input.messages()))))
                    .compose(trashed -> store.delete(TurnKey.of(turn)))
                    .map(None.NONE);
        });
    }

    private Future<Void> trash(Caller caller, List<Message> messages) {
        var newestFirst = new ArrayList<>(messages);
        Collections.reverse(newestFirst);
        Future<Void> all = Future.succeededFuture();
        for (var message : newestFirst) all = all.compose(before -> trash(caller, message.id()));
        return all;
    }

    private Future<Void> trash(Caller caller, UUID message) {
        return bus.ask(Messages.DELETE, new Messages.Delete(caller, message, Versions.ANY))
                .<Void>mapEmpty()
                .recover(failure -> isNotFound(failure) ? Future.succeededFuture() : Future.failedFuture(failure));
    }

    private static boolean isNotFound(Throwable failure) {
        return failure instanceof Problem problem && problem.kind() == Kind.NOT_FOUND;
    }
}
