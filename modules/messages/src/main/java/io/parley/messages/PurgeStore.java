package io.parley.messages;

import io.parley.contracts.Purge.Batch;
import io.parley.contracts.Purge.Purged;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.parley.storage.Statement;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Duration;

/** The SQL that removes messages for good: those deleted themselves, and those of conversations that are being purged. */
final class PurgeStore {
    private static final String DELETED = """
        SELECT id, conversation_id FROM messages
         WHERE deleted_at IS NOT NULL AND deleted_at <= now() - #{seconds} * interval '1 second'
         ORDER BY deleted_at, id LIMIT #{limit} FOR UPDATE SKIP LOCKED
        """;

    private static final String OF_PURGED_CONVERSATIONS = """
        SELECT m.id, m.conversation_id
          FROM purged_conversations c JOIN messages m ON m.conversation_id = c.id
         LIMIT #{limit} FOR UPDATE OF m SKIP LOCKED
        """;

    private final Statement<Purged> deleted;
    private final Statement<Purged> ofPurgedConversations;

    PurgeStore(Database database) {
        deleted = database.statement(removal(DELETED), PurgeStore::purged);
        ofPurgedConversations = database.statement(removal(OF_PURGED_CONVERSATIONS), PurgeStore::purged);
    }

    // The foreign key would set parent_id to NULL in all replies at once, however many: that many batches do it first.
    private static String removal(String doomed) {
        return """
            WITH doomed AS MATERIALIZED (%s),
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
            """.formatted(doomed);
    }

    Future<Purged> purge(Batch batch) {
        var limit = batch.limit();
        return deleted.only(older(batch.olderThan()).and("limit", limit))
                .compose(purged -> purged.more()
                        ? Future.succeededFuture(purged)
                        : ofPurgedConversations.only(Parameters.of("limit", limit)));
    }

    private static Parameters older(Duration age) {
        return Parameters.of("seconds", (double) age.toSeconds());
    }

    private static Purged purged(Row row) {
        return new Purged(Rows.integer(row, "removed"), Rows.flag(row, "more"));
    }
}
