package io.parley.messages;

import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Messages;
import io.parley.kernel.Bus;
import io.parley.kernel.None;
import io.parley.kernel.Page;
import io.vertx.core.Future;

/** The rules of messages: a conversation admits them, and only its owner finds them. */
final class Transcript {
    private final MessageStore store;
    private final TrashStore trash;
    private final Bus bus;

    Transcript(MessageStore store, TrashStore trash, Bus bus) {
        this.store = store;
        this.trash = trash;
        this.bus = bus;
    }

    Future<Message> post(Messages.Post command) {
        return bus.ask(Conversations.ADMIT, new Conversations.Admit(command.caller(), command.conversationId()))
                .compose(admitted -> store.insert(command, admitted.at()));
    }

    Future<Message> find(Messages.Find query) {
        return store.find(query);
    }

    Future<Page<Message>> listConversation(Messages.ListOne query) {
        return (query.deleted() ? trash.list(query) : store.list(query))
                .compose(page -> page.items().isEmpty() ? emptyOrRefused(query, page) : Future.succeededFuture(page));
    }

    Future<Page<Message>> listMine(Messages.ListMine query) {
        return query.deleted() ? trash.list(query) : store.list(query);
    }

    Future<Message> update(Messages.Update command) {
        return store.update(command);
    }

    Future<None> delete(Messages.Delete command) {
        return trash.delete(command);
    }

    Future<Message> restore(Messages.Restore command) {
        return trash.restore(command);
    }

    // Only a page without rows leaves open whether the caller may see the conversation at all.
    private Future<Page<Message>> emptyOrRefused(Messages.ListOne query, Page<Message> empty) {
        return bus.ask(Conversations.FIND, new Conversations.Find(query.caller(), query.conversationId()))
                .map(empty);
    }
}
