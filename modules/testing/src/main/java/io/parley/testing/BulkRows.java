package io.parley.testing;

import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.postgres.DatabaseUrl;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Thousands of rows in one statement, without the modules. Each method returns the ids in order of creation; the times of
 * creation are a second apart and begin with the year 2026.
 */
public final class BulkRows {
    private static final String NUMBERED = """
        WITH numbered AS (
            SELECT id, number, timestamptz '2026-01-01 00:00Z' + number * interval '1 s' AS at
              FROM unnest(?) WITH ORDINALITY ids (id, number))
        """;

    private final DatabaseUrl url;

    public BulkRows(DatabaseUrl url) {
        this.url = url;
    }

    /** Titled Conversation 1, Conversation 2 and so on. */
    public List<UUID> conversations(Caller owner, int count) {
        return insert(count, """
            INSERT INTO conversations (id, user_id, title, created_at, updated_at)
            SELECT id, ?, 'Conversation ' || number, at, at FROM numbered
            """, owner.userId());
    }

    /** Alternately the user's and the assistant's, with the texts Message 1, Message 2 and so on. */
    public List<UUID> messages(Caller owner, UUID conversation, int count) {
        return insert(count, """
            INSERT INTO messages (id, user_id, conversation_id, role, content, created_at, updated_at)
            SELECT id, ?, ?, CASE number % 2 WHEN 1 THEN 'user' ELSE 'assistant' END, 'Message ' || number, at, at
              FROM numbered
            """, owner.userId(), conversation);
    }

    /** Titled Task 1, Task 2 and so on, in no conversation. */
    public List<UUID> tasks(Caller owner, int count) {
        return insert(count, """
            INSERT INTO tasks (id, user_id, title, created_at, updated_at)
            SELECT id, ?, 'Task ' || number, at, at FROM numbered
            """, owner.userId());
    }

    private List<UUID> insert(int count, String sql, UUID... values) {
        var ids = Stream.generate(Ids::next).limit(count).toList();
        try (var connection = url.connect();
                var insert = connection.prepareStatement(NUMBERED + sql)) {
            insert.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
            for (int at = 0; at < values.length; at++) insert.setObject(at + 2, values[at]);
            insert.executeUpdate();
            return ids;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
