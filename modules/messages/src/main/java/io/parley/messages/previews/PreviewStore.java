package io.parley.messages.previews;

import io.parley.contracts.messages.LastMessage;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.messages.Messages.Preview;
import io.parley.contracts.messages.Messages.Previews;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL that reads what lists of conversations show of their messages: one statement for a page. */
public final class PreviewStore {
    /**
     * What is sealed can only be opened as a whole, so the page of a list would need the memory of that many whole messages. The preview of a
     * larger one is empty.
     */
    private static final int MAX_SEALED_BYTES = 16 * 1024;

    private final Database database;

    public PreviewStore(Database database) {
        this.database = database;
    }

    public Future<Previews> find(Messages.FindPreviews query) {
        return database.query("""
                SELECT c.id AS conversation_id, m.user_id, m.id, m.role, left(m.content, #{characters}) AS content,
                       CASE WHEN octet_length(m.sealed) <= #{sealed_bytes} THEN m.sealed END AS sealed, m.created_at,
                       (SELECT count(*) FROM messages n
                         WHERE n.user_id = #{user_id} AND n.conversation_id = c.id AND n.deleted_at IS NULL) AS message_count
                  FROM live_conversations c
                  LEFT JOIN messages m ON m.user_id = #{user_id} AND m.id = c.current_leaf AND m.deleted_at IS NULL
                 WHERE c.user_id = #{user_id} AND c.id = ANY(#{ids})
                """, PreviewStore::preview)
                .list(Parameters.of("user_id", query.caller().userId())
                        .and("ids", query.conversationIds().toArray(UUID[]::new))
                        .and("characters", LastMessage.MAX_PREVIEW)
                        .and("sealed_bytes", MAX_SEALED_BYTES))
                .map(Previews::new);
    }

    // One that was sealed is whole.
    private static String cut(@Nullable String text) {
        if (text == null) return "";
        return text.codePointCount(0, text.length()) <= LastMessage.MAX_PREVIEW
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LastMessage.MAX_PREVIEW));
    }

    private static Preview preview(Row row) {
        var id = Rows.nullableUuid(row, "id");
        var text = cut(Rows.nullableText(row, "content"));
        var last = id == null
                ? null
                : new LastMessage(id, Rows.choice(row, "role", Role.class), text, Rows.instant(row, "created_at"));
        return new Preview(Rows.uuid(row, "conversation_id"), Rows.bigint(row, "message_count"), last);
    }
}
