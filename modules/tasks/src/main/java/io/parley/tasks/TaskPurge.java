package io.parley.tasks;

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
 * The SQL that removes tasks for good, and the links to conversations that are being purged. It looks for these without
 * a lock, however many of the conversations there are.
 */
final class TaskPurge {
    private final Query<UUID> findLinked;
    private final Query<Purged> purge;

    TaskPurge(Database database) {
        findLinked = database.statement("""
            SELECT t.id
              FROM purged_conversations c JOIN tasks t ON t.user_id = c.user_id AND t.conversation_id = c.id
             LIMIT #{limit}
            """, row -> Rows.uuid(row, "id"));
        purge = database.statement("""
            WITH doomed AS MATERIALIZED (
                SELECT id FROM tasks
                 WHERE deleted_at IS NOT NULL AND deleted_at <= now() - #{seconds} * interval '1 second'
                 ORDER BY deleted_at, id LIMIT #{limit} FOR UPDATE SKIP LOCKED),
            linked AS MATERIALIZED (
                SELECT t.id FROM tasks t
                 WHERE t.id = ANY(#{linked}) AND t.conversation_id IN (SELECT id FROM purged_conversations)
                   AND NOT EXISTS (SELECT FROM doomed WHERE doomed.id = t.id)
                 FOR UPDATE OF t SKIP LOCKED),
            unlinked AS (UPDATE tasks SET conversation_id = NULL WHERE id IN (SELECT id FROM linked)),
            removed AS (DELETE FROM tasks WHERE id IN (SELECT id FROM doomed) RETURNING 1)
            SELECT (SELECT count(*) FROM removed)::int AS removed,
                   EXISTS (SELECT FROM doomed) OR EXISTS (SELECT FROM linked) AS more
            """, row -> new Purged(Rows.integer(row, "removed"), Rows.flag(row, "more")))
                .within(Purge.LIMIT);
    }

    Future<Purged> purge(Batch batch) {
        return findLinked
                .list(Parameters.of("limit", batch.limit()))
                .compose(linked -> purge.only(
                        Parameters.of("seconds", (double) batch.olderThan().toSeconds())
                                .and("limit", batch.limit())
                                .and("linked", linked.toArray(UUID[]::new))));
    }
}
