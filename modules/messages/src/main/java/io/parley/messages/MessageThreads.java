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

/** The SQL that follows the tree of a conversation's messages: down to the replies of one, and up from a leaf. */
final class MessageThreads {
    private final Database database;

    MessageThreads(Database database) {
        this.database = database;
    }

    Future<Page<Message>> thread(Messages.ListThread query) {
        return listing("SELECT " + MessageRow.COLUMNS + MessageRow.LIVE_IN_CONVERSATION)
                .page(
                        conditions(query.caller(), query.conversationId())
                                .and(
                                        "(m.id = #{message_id} OR m.parent_id = #{message_id})",
                                        "message_id",
                                        query.messageId()),
                        query.page());
    }

    // The depth limits the cost of a branch. There can be no cycle: a parent exists before its replies, and no update
    // changes parent_id.
    Future<Page<Message>> branch(Messages.ListBranch query) {
        return listing("""
                WITH RECURSIVE branch (id, parent_id, depth) AS (
                    SELECT id, parent_id, 1 FROM messages
                     WHERE conversation_id = #{conversation_id} AND user_id = #{user_id} AND id = #{leaf_id}
                    UNION ALL
                    SELECT p.id, p.parent_id, branch.depth + 1
                      FROM branch
                      JOIN messages p ON p.user_id = #{user_id} AND p.conversation_id = #{conversation_id}
                                     AND p.id = branch.parent_id
                     WHERE branch.depth <\s""" + Messages.MAX_BRANCH + ") SELECT " + MessageRow.COLUMNS
                        + " FROM branch JOIN messages m ON m.id = branch.id WHERE m.deleted_at IS NULL")
                .page(
                        conditions(query.caller(), query.conversationId()).and("true", "leaf_id", query.leafId()),
                        query.page());
    }

    private Listing<Message> listing(String select) {
        return new Listing<>(database, select, "m.created_at", "m.id", MessageRow::message, MessageRow::cursor);
    }

    private static Conditions conditions(Caller caller, UUID conversationId) {
        return Conditions.of("m.user_id = #{user_id}", "user_id", caller.userId())
                .in("m.conversation_id = #{conversation_id}", "conversation_id", conversationId);
    }
}
