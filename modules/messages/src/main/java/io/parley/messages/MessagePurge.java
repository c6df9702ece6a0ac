package io.parley.messages;

import io.parley.contracts.Purge;
import io.parley.contracts.Purge.Batch;
import io.parley.contracts.Purge.Purged;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Query;
import io.parley.storage.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.UUID;

/**
 * The SQL that removes messages for good: those deleted themselves, and those of conversations that are being purged. It
 * looks for them without a lock, however long that takes among rows that are gone but not yet vacuumed.
 */
final class MessagePurge {
    private static final String OLD =
            "deleted_at IS NOT NULL AND deleted_at <= now() - #{seconds} * interval '1 second'";

    private final Query<UUID> findDeleted;
    private final Query<UUID> findOfPurgedConversations;
    private final Query<Purged> removeDeleted;
    private final Query<Purged> removeOfPurgedConversations;

    MessagePurge(Database database) {
        findDeleted = database.statement(
                "SELECT id FROM messages WHERE " + OLD + " ORDER BY deleted_at, id LIMIT #{limit}", MessagePurge::id);
        findOfPurgedConversations = database.statement("""
            SELECT m.id FROM purged_conversations c JOIN messages m ON m.conversation_id = c.id LIMIT #{limit}
            """, MessagePurge::id);
        removeDeleted = database.statement(removal(OLD), MessagePurge::purged).within(Purge.LIMIT);
        removeOfPurgedConversations =
                database.statement(removal("true"), MessagePurge::purged).within(Purge.LIMIT);
    }

    // The foreign key would set parent_id to NULL in all replies at once, however many: that many batches do it first.
    private static String removal(String due) {
        return """
            WITH doomed AS MATERIALIZED (
                SELECT id, conversation_id FROM messages WHERE id = ANY(#{ids}) AND %s FOR UPDATE SKIP LOCKED),
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
            """.formatted(due);
    }

    Future<Purged> purge(Batch batch) {
        return findDeleted
                .list(older(batch).and("limit", batch.limit()))
                .compose(ids -> ids.isEmpty()
                        ? purgeOfPurgedConversations(batch)
                        : removeDeleted.only(doomed(older(batch), ids, batch)));
    }

    private Future<Purged> purgeOfPurgedConversations(Batch batch) {
        return findOfPurgedConversations
                .list(Parameters.of("limit", batch.limit()))
                .compose(ids -> ids.isEmpty()
                        ? Future.succeededFuture(new Purged(0, false))
                        : removeOfPurgedConversations.only(doomed(Parameters.none(), ids, batch)));
    }

    private static Parameters older(Batch batch) {
        return Parameters.of("seconds", (double) batch.olderThan().toSeconds());
    }

    private static Parameters doomed(Parameters more, List<UUID> ids, Batch batch) {
        return more.and("ids", ids.toArray(UUID[]::new)).and("limit", batch.limit());
    }

    private static UUID id(Row row) {
        return Rows.uuid(row, "id");
    }

    private static Purged purged(Row row) {
        return new Purged(Rows.integer(row, "removed"), Rows.flag(row, "more"));
    }
}
