package io.parley.conversations;

import io.parley.contracts.Tags;
import io.parley.contracts.conversations.Conversation;
import io.parley.kernel.Problem;
import io.parley.storage.Database;
import io.parley.storage.Ownership;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The columns and constraints of a conversation, and how a row becomes a {@link Conversation}. */
final class ConversationRow {
    private static final String OWN_COLUMNS = """
        id, user_id, title, description, metadata::text AS metadata, instructions, provider, model, current_leaf, pinned,
        archived, tags, sealed, created_at, updated_at, deleted_at,
        """;

    // The few turns of the user that run are read once for all rows.
    static final String COLUMNS = OWN_COLUMNS + """
        ((SELECT jsonb_object_agg(r.conversation_id, r.turn_id) FROM running_turns r WHERE r.user_id = #{user_id}) ->> id::text)::uuid
            AS active_turn_id
        """;

    /** The same of a new row, in which no turn can run. */
    static final String NEW_COLUMNS = OWN_COLUMNS + " NULL::uuid AS active_turn_id";

    /** The columns that are texts of any size. */
    static final List<String> LARGE = List.of("description", "metadata", "instructions", "sealed");

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
                Rows.flag(row, "pinned"),
                Rows.flag(row, "archived"),
                List.of(row.getArrayOfStrings("tags")),
                row.getUUID("active_turn_id"),
                null,
                null,
                Rows.instant(row, "created_at"),
                Rows.instant(row, "updated_at"),
                Rows.nullableInstant(row, "deleted_at"));
    }

    /** The parameters {@code tags} and {@code tag_keys}. */
    static Parameters withTags(Parameters parameters, @Nullable List<String> tags) {
        var stored = tags == null ? List.<String>of() : tags;
        return parameters
                .and("tags", stored.toArray(String[]::new))
                .and("tag_keys", Tags.keys(stored).toArray(String[]::new));
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
