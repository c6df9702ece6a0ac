package io.parley.conversations;

import io.parley.contracts.conversations.Conversation;
import io.parley.kernel.Problem;
import io.parley.storage.Database;
import io.parley.storage.Ownership;
import io.parley.storage.Rows;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Map;

/** The columns and constraints of a conversation, and how a row becomes a {@link Conversation}. */
final class ConversationRow {
    static final String COLUMNS = """
        id, user_id, title, description, metadata::text AS metadata, instructions, provider, model, current_leaf,
        sealed, created_at, updated_at, deleted_at
        """;

    /** The columns that are texts of any size. */
    static final List<String> LARGE = List.of("title", "description", "metadata", "instructions", "sealed");

    static final Map<String, Problem> CONSTRAINTS =
            Map.of("fk_conversations_user", Problem.unauthenticated("The account is gone."));

    static Conversation conversation(Row row) {
        return new Conversation(
                row.getUUID("id"),
                row.getUUID("user_id"),
                row.getString("title"),
                row.getString("description"),
                Rows.json(row, "metadata"),
                row.getString("instructions"),
                row.getString("provider"),
                row.getString("model"),
                row.getUUID("current_leaf"),
                row.getBuffer("sealed") != null,
                Rows.instant(row, "created_at"),
                Rows.instant(row, "updated_at"),
                Rows.nullableInstant(row, "deleted_at"));
    }

    /**
     * Finds out why a statement matched no row: not found, another user's, or changed. The query of this lookup does not filter
     * by user.
     */
    static Ownership ownership(Database database) {
        return new Ownership(
                database,
                "conversation",
                "SELECT user_id, deleted_at IS NULL AS live FROM conversations WHERE id = #{id}");
    }

    private ConversationRow() {}
}
