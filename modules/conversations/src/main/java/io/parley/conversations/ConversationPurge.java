package io.parley.conversations;

import io.parley.contracts.Purge;
import io.parley.contracts.Purge.Batch;
import io.parley.contracts.Purge.Purged;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.UUID;

/**
 * The SQL that marks conversations for the purge and removes the marked ones that nothing refers to any more. These are
 * searched for in a statement of their own that locks nothing, because that may take long among rows that are deleted but
 * not vacuumed yet.
 */
final class ConversationPurge {
    private final Database database;

    ConversationPurge(Database database) {
        this.database = database;
    }

    Future<Purged> purge(Batch batch) {
        return findEmpty(batch).compose(empty -> removeAndMark(empty, batch));
    }

    // OFFSET 0 keeps the planner from reading all messages in order to find the conversations without any.
    private Future<List<UUID>> findEmpty(Batch batch) {
        return database.query("""
                SELECT c.id FROM conversations c
                 WHERE c.purged_at <= now()
                   AND NOT EXISTS (SELECT FROM message_conversations m WHERE m.conversation_id = c.id OFFSET 0)
                   AND NOT EXISTS (
                       SELECT FROM task_conversations t
                        WHERE t.user_id = c.user_id AND t.conversation_id = c.id OFFSET 0)
                 ORDER BY c.purged_at, c.id LIMIT #{limit}
                """, ConversationPurge::id).list(Parameters.of("limit", batch.limit()));
    }

    private Future<Purged> removeAndMark(List<UUID> empty, Batch batch) {
        return database.query("""
                WITH empty AS MATERIALIZED (
                    SELECT id FROM conversations WHERE id = ANY(#{empty}) AND purged_at <= now() FOR UPDATE SKIP LOCKED),
                removed AS (DELETE FROM conversations WHERE id IN (SELECT id FROM empty) RETURNING 1),
                doomed AS MATERIALIZED (
                    SELECT id FROM conversations
                     WHERE deleted_at IS NOT NULL AND purged_at IS NULL
                       AND deleted_at <= now() - #{seconds} * interval '1 second'
                     ORDER BY deleted_at, id LIMIT #{limit} FOR UPDATE SKIP LOCKED),
                marked AS (UPDATE conversations SET purged_at = now() WHERE id IN (SELECT id FROM doomed))
                SELECT (SELECT count(*) FROM removed)::int AS removed,
                       EXISTS (SELECT FROM empty) OR EXISTS (SELECT FROM doomed) AS more
                """, ConversationPurge::purged)
                .within(Purge.LIMIT)
                .only(Parameters.of("seconds", (double) batch.olderThan().toSeconds())
                        .and("limit", batch.limit())
                        .and("empty", empty.toArray(UUID[]::new)));
    }

    private static UUID id(Row row) {
        return Rows.uuid(row, "id");
    }

    private static Purged purged(Row row) {
        return new Purged(Rows.integer(row, "removed"), Rows.flag(row, "more"));
    }
}
