package io.parley.messages;

import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.Siblings;
import io.parley.kernel.Cursor;
import io.parley.kernel.Problem;
import io.parley.messages.parts.StoredParts;
import io.parley.storage.Database;
import io.parley.storage.Ownership;
import io.parley.storage.Rows;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Map;

/**
 * The columns and constraints of a message, the conditions under which it is visible, and how a row becomes a
 * {@link Message}.
 */
final class MessageRow {
    private static final String COLUMNS = """
        m.id, m.conversation_id, m.user_id, m.parent_id, m.role, m.content, m.parts::text AS parts, m.reasoning, m.token_count, m.model,
        m.tool_calls::text AS tool_calls, m.tool_results::text AS tool_results, m.metadata::text AS metadata,
        m.sealed, m.created_at, m.updated_at, m.deleted_at, m.has_feedback""";

    /** The columns that are texts of any size. */
    static final List<String> LARGE =
            List.of("content", "parts", "reasoning", "tool_calls", "tool_results", "metadata", "sealed");

    // The SQL here consists of constants, so that statements made of it are composed by the compiler, not for each
    // execution.

    /** The columns if the messages are joined with {@code live_conversations c}. */
    static final String JOINED_COLUMNS = COLUMNS + ", c.has_branches AS has_branches ";

    /** The columns if the conversation has no branches. */
    static final String UNBRANCHED_COLUMNS = COLUMNS + ", false AS has_branches ";

    /** Whether the conversation {@code #{conversation_id}} has branches. It is looked up once for all rows. */
    static final String CONVERSATION_HAS_BRANCHES = """
        (SELECT b.has_branches FROM live_conversations b WHERE b.id = #{conversation_id} AND b.user_id = #{user_id})
        """;

    /** The columns of messages of the conversation {@code #{conversation_id}}. */
    static final String COLUMNS_IN_CONVERSATION = COLUMNS + ", " + CONVERSATION_HAS_BRANCHES + " AS has_branches ";

    /** Messages, deleted or not, of conversations that are not deleted: those of a deleted conversation are hidden. */
    static final String FROM_LIVE_CONVERSATIONS =
            " FROM messages m JOIN live_conversations c ON c.id = m.conversation_id AND c.user_id = m.user_id";

    /** Messages that are not deleted, of conversations that are not deleted. */
    static final String LIVE = FROM_LIVE_CONVERSATIONS + " WHERE m.deleted_at IS NULL";

    /** As {@link #LIVE}, but also in the trash, until it is purged. */
    static final String NOT_PURGED = """
         FROM messages m JOIN conversations c ON c.id = m.conversation_id AND c.user_id = m.user_id
        WHERE m.deleted_at IS NULL AND c.purged_at IS NULL
        """;

    private static final String LIVE_AND_CONVERSATION = " FROM messages m WHERE m.deleted_at IS NULL AND (SELECT ";

    private static final String IS_LIVE =
            " FROM live_conversations c WHERE c.id = #{conversation_id} AND c.user_id = #{user_id})";

    /**
     * As {@link #LIVE}, if the conversation {@code #{conversation_id}} is live; the caller must add
     * {@code m.conversation_id = #{conversation_id}}. The conversation is looked up in a subquery, because the planner may
     * read all conversations of the user for a join.
     */
    static final String LIVE_IN_CONVERSATION = LIVE_AND_CONVERSATION + "true" + IS_LIVE;

    /** As {@link #LIVE_IN_CONVERSATION}, if the conversation has no branches. */
    static final String LIVE_IN_UNBRANCHED_CONVERSATION = LIVE_AND_CONVERSATION + "NOT c.has_branches" + IS_LIVE;

    // The foreign key of the parent is violated only if the parent is purged while its reply is being stored.
    static final Map<String, Problem> CONSTRAINTS = Map.of(
            "fk_messages_parent", noSuchParent(),
            "fk_messages_conversation", Problem.notFound("conversation"),
            "ck_messages_content", noContent());

    static Problem noContent() {
        return Problem.invalid("/content", "must not be empty in a message without tool calls");
    }

    static Problem noSuchParent() {
        return Problem.invalid("/parent_id", "must be a message of the same conversation that is not deleted");
    }

    /** @param hasBranches SQL: whether the conversation has branches, so that the message may have siblings */
    static String columns(String hasBranches) {
        return COLUMNS + ", " + hasBranches + " AS has_branches ";
    }

    /** Its siblings and its feedback have to be read ({@link MessageCompletion}) unless it has none for certain. */
    static Message message(Row row) {
        return new Message(
                row.getUUID("id"),
                row.getUUID("conversation_id"),
                row.getUUID("user_id"),
                row.getUUID("parent_id"),
                Rows.choice(row, "role", Role.class),
                row.getString("content"),
                StoredParts.read(Rows.nullableText(row, "parts")),
                row.getString("reasoning"),
                row.getInteger("token_count"),
                row.getString("model"),
                Rows.nullableJson(row, "tool_calls"),
                Rows.nullableJson(row, "tool_results"),
                Rows.json(row, "metadata"),
                Rows.flag(row, "has_branches") && row.getOffsetDateTime("deleted_at") == null
                        ? SiblingStore.UNREAD
                        : Siblings.ALONE,
                Rows.flag(row, "has_feedback") ? FeedbackStore.UNREAD : null,
                Rows.instant(row, "created_at"),
                Rows.instant(row, "updated_at"),
                Rows.nullableInstant(row, "deleted_at"));
    }

    /** The position in a list that is ordered by {@code created_at}. */
    static Cursor cursor(Message message) {
        return new Cursor(message.createdAt(), message.id());
    }

    /**
     * Finds out why a statement matched no row: not found, another user's, or changed. The query of this lookup does not filter
     * by user.
     */
    static Ownership ownership(Database database) {
        return new Ownership(database, "message", """
            SELECT m.user_id, m.deleted_at IS NULL AND c.id IS NOT NULL AS live
              FROM messages m LEFT JOIN live_conversations c ON c.id = m.conversation_id AND c.user_id = m.user_id
             WHERE m.id = #{id}
            """);
    }

    private MessageRow() {}
}
