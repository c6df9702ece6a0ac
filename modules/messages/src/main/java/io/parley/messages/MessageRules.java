package io.parley.messages;

import io.parley.contracts.Analytics;
import io.parley.contracts.Analytics.ConversationStats;
import io.parley.contracts.conversations.Conversation;
import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.messages.Messages.Placement;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Page;
import io.parley.kernel.Problem;
import io.vertx.core.Future;
import java.util.UUID;

/** Rules that need the conversations module: whether a caller may post to or read a conversation. */
final class MessageRules {
    private final PostedMessages posted;
    private final MessageStore store;
    private final MessageTrash trash;
    private final MessageThreads threads;
    private final MessageUsage usage;
    private final Bus bus;

    MessageRules(
            PostedMessages posted,
            MessageStore store,
            MessageTrash trash,
            MessageThreads threads,
            MessageUsage usage,
            Bus bus) {
        this.posted = posted;
        this.store = store;
        this.trash = trash;
        this.threads = threads;
        this.usage = usage;
        this.bus = bus;
    }

    Future<Message> post(Messages.Post command) {
        return posted.insert(command)
                .compose(stored -> stored.isPresent() ? Future.succeededFuture(stored.get()) : findStored(command));
    }

    // What follows the last message of a turn may have been stored in a conversation that is in the trash now.
    private Future<Message> findStored(Messages.Post command) {
        Future<?> readable = command.placement() == Placement.FOLLOWING
                ? Future.succeededFuture()
                : requireConversation(command.caller(), command.conversationId());
        return readable.compose(checked -> posted.findSame(command))
                .compose(found -> found.map(Future::succeededFuture).orElseGet(() -> refuse(command)));
    }

    private Future<Message> refuse(Messages.Post command) {
        return requireConversation(command.caller(), command.conversationId())
                .compose(conversation -> posted.refuse(command));
    }

    // A page with messages proves that the caller may read the conversation, so only an empty page needs the check.
    Future<Page<Message>> listConversation(Messages.ListConversation query) {
        return list(query)
                .compose(page -> page.items().isEmpty()
                        ? requireConversation(query.caller(), query.conversationId())
                                .map(page)
                        : Future.succeededFuture(page));
    }

    private Future<Page<Message>> list(Messages.ListConversation query) {
        return switch (query.which()) {
            case CURRENT_BRANCH -> currentBranch(query);
            case ALL -> store.listAll(query);
            case DELETED -> trash.list(query);
        };
    }

    // Most conversations have no branches. Their messages are listed by time.
    private Future<Page<Message>> currentBranch(Messages.ListConversation query) {
        return store.listUnbranched(query)
                .compose(page -> page.items().isEmpty() ? threads.currentBranch(query) : Future.succeededFuture(page));
    }

    Future<Page<Message>> listMine(Messages.ListMine query) {
        return query.deleted() ? trash.list(query) : store.list(query);
    }

    Future<Page<Message>> thread(Messages.ListThread query) {
        return requireMessage(query.caller(), query.conversationId(), query.messageId())
                .compose(message -> threads.thread(query));
    }

    Future<Page<Message>> branch(Messages.ListBranch query) {
        return requireMessage(query.caller(), query.conversationId(), query.leafId())
                .compose(leaf -> threads.branch(query));
    }

    Future<ConversationStats> conversationStats(Analytics.FindConversationStats query) {
        return requireConversation(query.caller(), query.conversationId())
                .compose(conversation -> usage.conversationStats(query));
    }

    // Also fails not-found if the message is in another conversation.
    private Future<Message> requireMessage(Caller caller, UUID conversationId, UUID id) {
        return requireConversation(caller, conversationId)
                .compose(conversation -> store.find(new Messages.Find(caller, id)))
                .map(message -> {
                    if (!message.conversationId().equals(conversationId)) throw Problem.notFound("message");
                    return message;
                });
    }

    private Future<Conversation> requireConversation(Caller caller, UUID id) {
        return bus.ask(Conversations.FIND, new Conversations.Find(caller, id));
    }
}
