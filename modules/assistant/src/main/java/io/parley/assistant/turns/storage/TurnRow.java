package io.parley.assistant.turns.storage;

import io.parley.contracts.assistant.Turn;
import io.parley.contracts.assistant.Turn.Status;
import io.parley.storage.Rows;
import io.vertx.sqlclient.Row;
import java.util.UUID;

/** A row of the table {@code turns} as a turn. */
final class TurnRow {
    static final String COLUMNS = """
        id, conversation_id, user_id, user_message_id, status, provider, model, finish_reason, error_code, error,
        usage::text AS usage, started_at, finished_at
        """;

    static Turn turn(Row row) {
        return new Turn(
                Rows.uuid(row, "id"),
                Rows.uuid(row, "conversation_id"),
                Rows.uuid(row, "user_id"),
                userMessageId(row),
                Rows.choice(row, "status", Status.class),
                Rows.nullableText(row, "provider"),
                Rows.text(row, "model"),
                Rows.nullableText(row, "finish_reason"),
                Rows.nullableText(row, "error_code"),
                Rows.nullableText(row, "error"),
                UsageJson.read(Rows.nullableText(row, "usage")),
                Rows.instant(row, "started_at"),
                Rows.nullableInstant(row, "finished_at"));
    }

    // Turns that began before this was stored have stored the user's message themselves.
    private static UUID userMessageId(Row row) {
        var stored = row.getUUID("user_message_id");
        return stored == null ? Turn.messageId(Rows.uuid(row, "id"), 0) : stored;
    }

    private TurnRow() {}
}
