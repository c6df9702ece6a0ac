package io.parley.conversations;

import io.parley.contracts.Purge;
import io.parley.contracts.Purge.Batch;
import io.parley.contracts.Purge.Purged;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Query;
import io.parley.storage.Rows;
import io.vertx.core.Future;
import java.util.UUID;

/**
 * The SQL that marks conversations for the purge and removes those that nothing refers to any more. It looks for these
 * without a lock, however long that takes among rows that are gone but not yet vacuumed.
 */
final class ConversationPurge {
    private final Query<UUID> findEmpty;
    private final Query<Purged> purge;

    ConversationPurge(Database database) {
        // OFFSET 0 keeps it from reading all messages that there are, to see which conversations have none.
        findEmpty = database.statement("""
            SELECT c.id FROM conversations c
             WHERE c.purged_at <= now()
               AND NOT EXISTS (SELECT FROM message_conversations m WHERE m.conversation_id = c.id OFFSET 0)
               AND NOT EXISTS (
                   SELECT FROM task_conversations t WHERE t.user_id = c.user_id AND t.conversation_id = c.id OFFSET 0)
             ORDER BY c.purged_at, c.id LIMIT #{limit}
            """, row -> Rows.uuid(row, "id"));
        purge = database.statement("""
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
            """, row -> new Purged(Rows.integer(row, "removed"), Rows.flag(row, "more")))
                .within(Purge.LIMIT);
    }

    Future<Purged> purge(Batch batch) {
        return findEmpty
                .list(Parameters.of("limit", batch.limit()))
                .compose(empty -> purge.only(
                        Parameters.of("seconds", (double) batch.olderThan().toSeconds())
                                .and("limit", batch.limit())
                                .and("empty", empty.toArray(UUID[]::new))));
    }
}
