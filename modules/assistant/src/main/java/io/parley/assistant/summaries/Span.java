package io.parley.assistant.summaries;

import io.parley.assistant.history.HistoryBytes;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.messages.Messages.Which;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Cursor;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import io.parley.kernel.PageRequest.Order;
import io.vertx.core.Future;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The part of a branch that a summary is to cover: from the beginning of the conversation to a message.
 *
 * @param leafId the last message of the branch, which is the current one
 * @param previous a valid summary of a shorter part; null if there is none
 */
record Span(
        Caller caller,
        UUID conversationId,
        UUID leafId,
        Message upTo,
        @Nullable StoredSummary previous) {
    /** Messages of the current branch before the cursor, the newest first; null begins with the leaf. */
    static Future<Page<Message>> page(Bus bus, Caller caller, UUID conversationId, @Nullable Cursor cursor, int size) {
        return bus.ask(
                Messages.LIST_CONVERSATION,
                new Messages.ListConversation(
                        caller,
                        conversationId,
                        Which.CURRENT_BRANCH,
                        new PageRequest(cursor, size, Order.DESC, HistoryBytes.PIECE)));
    }
}
