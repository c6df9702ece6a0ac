package io.parley.tasks;

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
 * The SQL that permanently deletes tasks from the trash, and removes links to conversations that are being purged. The
 * linked tasks are found without a lock, because there may be any number of such conversations.
 */
final class TaskPurge {
    private final Database database;

    TaskPurge(Database database) {
        this.database = database;
    }

    Future<Purged> purge(Batch batch) {
        return findLinked(batch).compose(linked -> purge(batch, linked));
    }

    private Future<List<UUID>> findLinked(Batch batch) {
        return database.query("""
                    SELECT t.id
                      FROM purged_conversations c JOIN tasks t ON t.user_id = c.user_id AND t.conversation_id = c.id
                     LIMIT #{limit}
                    """, row -> Rows.uuid(row, "id")).list(Parameters.of("limit", batch.limit()));
    }

    private Future<Purged> purge(Batch batch, List<UUID> linked) {
        return database.query("""
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
                    """, TaskPurge::purged)
                .within(Purge.LIMIT)
                .only(Parameters.of("seconds", (double) batch.olderThan().toSeconds())
                        .and("limit", batch.limit())
                        .and("linked", linked.toArray(UUID[]::new)));
    }

    private static Purged purged(Row row) {
        return new Purged(Rows.integer(row, "removed"), Rows.flag(row, "more"));
    }
}
