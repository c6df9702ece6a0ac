package io.parley.messages;

import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Messages;
import io.parley.kernel.Caller;
import io.parley.kernel.Page;
import io.parley.storage.Conditions;
import io.parley.storage.Database;
import io.parley.storage.Listing;
import io.vertx.core.Future;
import java.util.UUID;

/** The SQL of the tree that the messages of a conversation form: who replies to whom, and how it came to a leaf. */
final class MessageThreads {
    private final Listing<Message> thread;
    private final Listing<Message> branch;

    MessageThreads(Database database) {
        thread = MessageStore.listing(database, "SELECT " + MessageStore.COLUMNS + MessageStore.LIVE_IN_ONE);
        // The depth bounds what a branch costs; the foreign key makes a circle impossible but for a message that an
        // update made its own ancestor, and no update sets parent_id.
        branch = MessageStore.listing(database, """
            WITH RECURSIVE branch (id, parent_id, depth) AS (
                SELECT id, parent_id, 1 FROM messages
                 WHERE conversation_id = #{conversation_id} AND user_id = #{user_id} AND id = #{leaf_id}
                UNION ALL
                SELECT p.id, p.parent_id, branch.depth + 1
                  FROM branch JOIN messages p ON p.conversation_id = #{conversation_id} AND p.id = branch.parent_id
                 WHERE branch.depth < %d)
            SELECT %s FROM branch JOIN messages m ON m.id = branch.id WHERE m.deleted_at IS NULL
            """.formatted(Messages.MAX_BRANCH, MessageStore.COLUMNS));
    }

    Future<Page<Message>> thread(Messages.ListThread query) {
        return thread.page(
                own(query.caller(), query.conversationId())
                        .and("(m.id = #{message_id} OR m.parent_id = #{message_id})", "message_id", query.messageId()),
                query.page());
    }

    Future<Page<Message>> branch(Messages.ListBranch query) {
        return branch.page(
                own(query.caller(), query.conversationId()).and("true", "leaf_id", query.leafId()), query.page());
    }

    private static Conditions own(Caller caller, UUID conversationId) {
        return Conditions.of("m.user_id = #{user_id}", "user_id", caller.userId())
                .in("m.conversation_id = #{conversation_id}", "conversation_id", conversationId);
    }
}
