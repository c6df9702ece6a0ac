package io.parley.messages;

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
 * The SQL that removes messages permanently: those deleted long enough ago, then those of conversations that are being
 * purged. They are searched for in a statement of their own that locks nothing, because that may take long among rows that
 * are deleted but not vacuumed yet.
 */
final class MessagePurge {
    private static final String DELETED_LONG_AGO =
            "deleted_at IS NOT NULL AND deleted_at <= now() - #{seconds} * interval '1 second'";

    // Deleting a message makes the foreign key set parent_id to NULL in all its replies at once, however many there
    // are.
    // Therefore that is done first, in as many batches as it takes.
    private static final String REMOVE_DOOMED = """
        replies AS MATERIALIZED (
            SELECT r.id FROM doomed d JOIN messages r ON r.conversation_id = d.conversation_id AND r.parent_id = d.id
             WHERE NOT EXISTS (SELECT FROM doomed WHERE doomed.id = r.id)
             LIMIT #{limit} FOR UPDATE OF r SKIP LOCKED),
        orphaned AS (UPDATE messages SET parent_id = NULL WHERE id IN (SELECT id FROM replies)),
        removed AS (
            DELETE FROM messages
             WHERE id IN (SELECT id FROM doomed) AND (SELECT count(*) FROM replies) < #{limit}
            RETURNING 1)
        SELECT (SELECT count(*) FROM removed)::int AS removed, (SELECT count(*) FROM doomed) > 0 AS more
        """;

    private final Database database;

    MessagePurge(Database database) {
        this.database = database;
    }

    Future<Purged> purge(Batch batch) {
        return findDeleted(batch)
                .compose(ids -> ids.isEmpty() ? purgeWithConversations(batch) : removeDeleted(ids, batch));
    }

    private Future<List<UUID>> findDeleted(Batch batch) {
        return database.query(
                        "SELECT id FROM messages WHERE " + DELETED_LONG_AGO + " ORDER BY deleted_at, id LIMIT #{limit}",
                        MessagePurge::id)
                .list(Parameters.of("seconds", seconds(batch)).and("limit", batch.limit()));
    }

    // The condition is repeated under the lock, because a message may have been restored meanwhile.
    private Future<Purged> removeDeleted(List<UUID> ids, Batch batch) {
        return database.query(
                        """
                WITH doomed AS MATERIALIZED (
                    SELECT id, conversation_id FROM messages
                     WHERE id = ANY(#{ids}) AND\s""" + DELETED_LONG_AGO + " FOR UPDATE SKIP LOCKED), " + REMOVE_DOOMED, MessagePurge::purged)
                .within(Purge.LIMIT)
                .only(Parameters.of("seconds", seconds(batch))
                        .and("ids", ids.toArray(UUID[]::new))
                        .and("limit", batch.limit()));
    }

    private Future<Purged> purgeWithConversations(Batch batch) {
        return findOfPurgedConversations(batch)
                .compose(ids -> ids.isEmpty()
                        ? Future.succeededFuture(new Purged(0, false))
                        : removeOfPurgedConversations(ids, batch));
    }

    private Future<List<UUID>> findOfPurgedConversations(Batch batch) {
        return database.query("""
                SELECT m.id FROM purged_conversations c JOIN messages m ON m.conversation_id = c.id LIMIT #{limit}
                """, MessagePurge::id).list(Parameters.of("limit", batch.limit()));
    }

    private Future<Purged> removeOfPurgedConversations(List<UUID> ids, Batch batch) {
        return database.query("""
                WITH doomed AS MATERIALIZED (
                    SELECT id, conversation_id FROM messages WHERE id = ANY(#{ids}) FOR UPDATE SKIP LOCKED),
                """ + REMOVE_DOOMED, MessagePurge::purged)
                .within(Purge.LIMIT)
                .only(Parameters.of("ids", ids.toArray(UUID[]::new)).and("limit", batch.limit()));
    }

    private static double seconds(Batch batch) {
        return batch.olderThan().toSeconds();
    }

    private static UUID id(Row row) {
        return Rows.uuid(row, "id");
    }

    private static Purged purged(Row row) {
        return new Purged(Rows.integer(row, "removed"), Rows.flag(row, "more"));
    }
}
