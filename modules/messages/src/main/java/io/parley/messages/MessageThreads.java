package io.parley.messages;

import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Messages;
import io.parley.kernel.Caller;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import io.parley.kernel.PageRequest.Order;
import io.parley.storage.Conditions;
import io.parley.storage.Database;
import io.parley.storage.Listing;
import io.vertx.core.Future;
import java.util.UUID;

/** The SQL that follows the tree of a conversation's messages: down to the replies of one, and up from a leaf. */
final class MessageThreads {
    // There can be no cycle: a parent is stored before those that follow it, and a purge attaches them to its own
    // parent.
    private static final String UP = """
        WITH RECURSIVE branch (id, parent_id, depth, live) AS (
            SELECT m.id, m.parent_id, 1, 0 + ${counted} FROM messages m
             WHERE m.user_id = #{user_id} AND m.conversation_id = #{conversation_id} AND m.id = ${leaf}
            UNION ALL
            SELECT m.id, m.parent_id, branch.depth + 1, branch.live + ${counted}
              FROM branch
              JOIN messages m ON m.user_id = #{user_id} AND m.conversation_id = #{conversation_id}
                             AND m.id = branch.parent_id
             WHERE ${more})
        SELECT\s""" + MessageRow.COLUMNS_IN_CONVERSATION
            + " FROM branch JOIN messages m ON m.user_id = #{user_id} AND m.id = branch.id WHERE m.deleted_at IS NULL";

    private static final String CURRENT_LEAF = """
        (SELECT l.current_leaf FROM live_conversations l WHERE l.user_id = #{user_id} AND l.id = #{conversation_id})
        """;

    private final Database database;

    MessageThreads(Database database) {
        this.database = database;
    }

    Future<Page<Message>> thread(Messages.ListThread query) {
        return listing("SELECT " + MessageRow.COLUMNS_IN_CONVERSATION + MessageRow.LIVE_IN_CONVERSATION)
                .page(
                        conditions(query.caller(), query.conversationId())
                                .and(
                                        "(m.id = #{message_id} OR m.parent_id = #{message_id})",
                                        "message_id",
                                        query.messageId()),
                        query.page());
    }

    // The depth limits the cost of a branch.
    Future<Page<Message>> branch(Messages.ListBranch query) {
        return listing(up("#{leaf_id}", "0", "branch.depth < " + Messages.MAX_BRANCH))
                .page(
                        conditions(query.caller(), query.conversationId()).and("true", "leaf_id", query.leafId()),
                        query.page());
    }

    /** The same up from the current leaf, however long it is. Newest first it is followed only as far as the page needs. */
    Future<Page<Message>> currentBranch(Messages.ListConversation query) {
        var page = query.page();
        var select = page.order() == Order.ASC
                ? up(CURRENT_LEAF, "0", "true")
                : up(CURRENT_LEAF, "(" + isOnPage(page) + ")::int", "branch.live < #{limit}");
        return listing(select).page(conditions(query.caller(), query.conversationId()), page);
    }

    private static String isOnPage(PageRequest page) {
        return page.cursor() == null
                ? "m.deleted_at IS NULL"
                : "m.deleted_at IS NULL AND (m.created_at, m.id) < (#{cursor_at}, #{cursor_id})";
    }

    private static String up(String leaf, String counted, String more) {
        return UP.replace("${leaf}", leaf).replace("${counted}", counted).replace("${more}", more);
    }

    private Listing<Message> listing(String select) {
        return new Listing<>(
                database, select, MessageRow.LARGE, "m.created_at", "m.id", MessageRow::message, MessageRow::cursor);
    }

    private static Conditions conditions(Caller caller, UUID conversationId) {
        return Conditions.of("m.user_id = #{user_id}", "user_id", caller.userId())
                .in("m.conversation_id = #{conversation_id}", "conversation_id", conversationId);
    }
}
