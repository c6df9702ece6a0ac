package io.parley.idempotency;

import io.parley.contracts.Purge;
import io.parley.contracts.Purge.Batch;
import io.parley.contracts.Purge.Purged;
import io.parley.contracts.idempotency.Idempotency;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;

/** The SQL that deletes idempotency keys after their lifetime. */
final class IdempotencyPurge {
    private final Database database;

    IdempotencyPurge(Database database) {
        this.database = database;
    }

    /** Ignores {@code olderThan}, which is about the trash: keys have a lifetime of their own. */
    Future<Purged> purge(Batch batch) {
        return database.query("""
                    WITH expired AS MATERIALIZED (
                        SELECT user_id, key FROM idempotency_keys
                         WHERE created_at <= now() - #{lifetime} * interval '1 second'
                         ORDER BY created_at LIMIT #{limit} FOR UPDATE SKIP LOCKED),
                    removed AS (
                        DELETE FROM idempotency_keys k USING expired e
                         WHERE k.user_id = e.user_id AND k.key = e.key RETURNING 1)
                    SELECT (SELECT count(*) FROM removed)::int AS removed, EXISTS (SELECT FROM expired) AS more
                    """, IdempotencyPurge::purged)
                .within(Purge.LIMIT)
                .only(Parameters.of("lifetime", (double) Idempotency.KEY_LIFETIME.toSeconds())
                        .and("limit", batch.limit()));
    }

    private static Purged purged(Row row) {
        return new Purged(Rows.integer(row, "removed"), Rows.flag(row, "more"));
    }
}
