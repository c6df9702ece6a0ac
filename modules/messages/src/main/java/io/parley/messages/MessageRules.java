package io.parley.messages;

import io.parley.contracts.Analytics;
import io.parley.contracts.Analytics.ConversationStats;
import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Messages;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.None;
import io.parley.kernel.Page;
import io.parley.kernel.Problem;
import io.vertx.core.Future;
import java.util.UUID;

/** The rules of messages: a conversation admits them, and only its owner finds them. */
final class MessageRules {
    private final MessageStore store;
    private final MessageTrash trash;
    private final MessageThreads threads;
    private final MessageUsage analytics;
    private final Bus bus;

    MessageRules(MessageStore store, MessageTrash trash, MessageThreads threads, MessageUsage analytics, Bus bus) {
        this.store = store;
        this.trash = trash;
        this.threads = threads;
        this.analytics = analytics;
        this.bus = bus;
    }

    Future<Message> post(Messages.Post command) {
        return bus.ask(Conversations.ADMIT, new Conversations.Admit(command.caller(), command.conversationId()))
                .compose(admitted -> store.insert(command, admitted.at()));
    }

    Future<Message> find(Messages.Find query) {
        return store.find(query);
    }

    Future<Page<Message>> listConversation(Messages.ListConversation query) {
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

    /** Fails as the search for the message does, and not-found where it is of another conversation. */
    Future<Page<Message>> thread(Messages.ListThread query) {
        return within(query.caller(), query.conversationId(), query.messageId())
                .compose(message -> threads.thread(query));
    }

    Future<Page<Message>> branch(Messages.ListBranch query) {
        return within(query.caller(), query.conversationId(), query.leafId()).compose(leaf -> threads.branch(query));
    }

    Future<ConversationStats> stats(Analytics.FindConversationStats query) {
        return bus.ask(Conversations.FIND, new Conversations.Find(query.caller(), query.conversationId()))
                .compose(found -> analytics.conversation(query));
    }

    private Future<Message> within(Caller caller, UUID conversationId, UUID id) {
        return bus.ask(Conversations.FIND, new Conversations.Find(caller, conversationId))
                .compose(conversation -> store.find(new Messages.Find(caller, id)))
                .map(message -> {
                    if (!message.conversationId().equals(conversationId)) throw Problem.notFound("message");
                    return message;
                });
    }

    // Only a page without rows leaves open whether the caller may see the conversation at all.
    private Future<Page<Message>> emptyOrRefused(Messages.ListConversation query, Page<Message> empty) {
        return bus.ask(Conversations.FIND, new Conversations.Find(query.caller(), query.conversationId()))
                .map(empty);
    }
}
