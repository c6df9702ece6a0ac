package io.parley.conversations;

import io.parley.contracts.Purge.Batch;
import io.parley.contracts.Purge.Purged;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.parley.storage.Statement;
import io.vertx.core.Future;

/** The SQL that marks conversations for the purge and removes those that nothing refers to any more. */
final class PurgeStore {
    private final Statement<Purged> purge;

    PurgeStore(Database database) {
        purge = database.statement("""
            WITH empty AS MATERIALIZED (
                SELECT c.id FROM conversations c
                 WHERE c.purged_at <= now()
                   AND NOT EXISTS (SELECT FROM message_conversations m WHERE m.conversation_id = c.id)
                   AND NOT EXISTS (
                       SELECT FROM task_conversations t WHERE t.user_id = c.user_id AND t.conversation_id = c.id)
                 ORDER BY c.purged_at, c.id LIMIT #{limit} FOR UPDATE OF c SKIP LOCKED),
            removed AS (DELETE FROM conversations WHERE id IN (SELECT id FROM empty) RETURNING 1),
            doomed AS MATERIALIZED (
                SELECT id FROM conversations
                 WHERE deleted_at IS NOT NULL AND purged_at IS NULL
                   AND deleted_at <= now() - #{seconds} * interval '1 second'
                 ORDER BY deleted_at, id LIMIT #{limit} FOR UPDATE SKIP LOCKED),
            marked AS (UPDATE conversations SET purged_at = now() WHERE id IN (SELECT id FROM doomed))
            SELECT (SELECT count(*) FROM removed)::int AS removed,
                   EXISTS (SELECT FROM empty) OR EXISTS (SELECT FROM doomed) AS more
            """, row -> new Purged(Rows.integer(row, "removed"), Rows.flag(row, "more")));
    }

    Future<Purged> purge(Batch batch) {
        return purge.only(
                Parameters.of("seconds", (double) batch.olderThan().toSeconds()).and("limit", batch.limit()));
    }
}
