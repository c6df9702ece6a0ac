package io.parley.assistant.turns;

import io.parley.assistant.titles.FirstLineTitle;
import io.parley.assistant.turns.context.TurnContext;
import io.parley.assistant.turns.context.TurnContexts;
import io.parley.assistant.turns.context.TurnContexts.Wanted;
import io.parley.assistant.turns.files.QuestionFiles;
import io.parley.assistant.turns.storage.TurnKey;
import io.parley.assistant.turns.storage.TurnMessages;
import io.parley.assistant.turns.storage.TurnStore;
import io.parley.assistant.turns.storage.TurnStore.NewTurn;
import io.parley.contracts.assistant.Chat;
import io.parley.contracts.assistant.Chat.Started;
import io.parley.contracts.assistant.Turn;
import io.parley.contracts.conversations.Conversation;
import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.messages.MessageDraft;
import io.parley.contracts.messages.MessagePart;
import io.parley.kernel.Bus;
import io.parley.kernel.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** Starts turns: one at a time in a conversation, and each id only once. */
final class TurnStart {
    private final Vertx vertx;
    private final Bus bus;
    private final TurnStore store;
    private final TurnContexts contexts;
    private final QuestionFiles files;
    private final TurnRun turns;

    TurnStart(Vertx vertx, Bus bus, TurnStore store, TurnContexts contexts, QuestionFiles files, TurnRun turns) {
        this.vertx = vertx;
        this.bus = bus;
        this.store = store;
        this.contexts = contexts;
        this.files = files;
        this.turns = turns;
    }

    Future<Started> start(Chat.Start command) {
        var wanted = new Wanted(command.provider(), command.model(), command.instructions(), command.timeZone());
        return bus.ask(Conversations.FIND, new Conversations.Find(command.caller(), command.conversationId()))
                .compose(conversation -> contexts.of(command.caller(), conversation, wanted)
                        .compose(context -> start(command, conversation, context)));
    }

    private Future<Started> start(Chat.Start command, Conversation conversation, TurnContext context) {
        return files.check(command.caller(), context.choice(), command.question())
                .compose(question -> store.insert(newTurn(command, context))
                        .compose(inserted -> inserted.isPresent()
                                ? begin(command, conversation, context, inserted.get(), question)
                                        .map(turn -> new Started(turn, false))
                                : repeat(command)));
    }

    private static NewTurn newTurn(Chat.Start command, TurnContext context) {
        return new NewTurn(
                new TurnKey(command.caller().userId(), command.turnId()),
                command.conversationId(),
                Turn.messageId(command.turnId(), 0),
                context.choice().provider(),
                context.choice().model());
    }

    // Posting the user's message again under its id fails if it is another one.
    private Future<Started> repeat(Chat.Start command) {
        return store.find(command.caller(), command.turnId()).compose(turn -> {
            if (turn.answersAgain()) throw Problem.conflict("/id", "another turn already has this id");
            return messages(command, turn)
                    .storeQuestion(command.question(), command.parentId())
                    .map(same -> new Started(turn, true));
        });
    }

    // The title comes before the message, because the message makes a new version of the conversation.
    private Future<Turn> begin(
            Chat.Start command, Conversation conversation, TurnContext context, Turn turn, MessageDraft question) {
        var messages = messages(command, turn);
        return contexts.requireTokens(command.caller(), context)
                .compose(enough -> FirstLineTitle.setIfMissing(bus, command.caller(), conversation, titled(question)))
                .compose(titled -> messages.storeQuestion(question, command.parentId()))
                .recover(failure -> store.delete(TurnKey.of(turn)).transform(deleted -> Future.failedFuture(failure)))
                .map(stored -> {
                    turns.run(command.caller(), context, turn, messages, stored);
                    return turn;
                });
    }

    /** The content, or the name of the first file if there is none. */
    private static String titled(MessageDraft question) {
        var content = question.content();
        if (question.parts() == null || (content != null && !content.isBlank())) return String.valueOf(content);
        return question.parts().stream()
                .filter(MessagePart::namesFile)
                .map(part -> String.valueOf(part.name()))
                .findFirst()
                .orElse("");
    }

    private TurnMessages messages(Chat.Start command, Turn turn) {
        return new TurnMessages(vertx, bus, command.caller(), turn);
    }
}
