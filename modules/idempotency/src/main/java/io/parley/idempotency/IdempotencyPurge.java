package io.parley.idempotency;

import io.parley.contracts.Purge;
import io.parley.contracts.Purge.Batch;
import io.parley.contracts.Purge.Purged;
import io.parley.contracts.idempotency.Idempotency;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Query;
import io.parley.storage.Rows;
import io.vertx.core.Future;

/** The SQL that removes keys which are remembered no more. */
final class IdempotencyPurge {
    private final Query<Purged> purge;

    IdempotencyPurge(Database database) {
        purge = database.statement("""
            WITH forgotten AS MATERIALIZED (
                SELECT user_id, key FROM idempotency_keys
                 WHERE created_at <= now() - #{kept} * interval '1 second'
                 ORDER BY created_at LIMIT #{limit} FOR UPDATE SKIP LOCKED),
            removed AS (
                DELETE FROM idempotency_keys k USING forgotten f
                 WHERE k.user_id = f.user_id AND k.key = f.key RETURNING 1)
            SELECT (SELECT count(*) FROM removed)::int AS removed, EXISTS (SELECT FROM forgotten) AS more
            """, row -> new Purged(Rows.integer(row, "removed"), Rows.flag(row, "more")))
                .within(Purge.LIMIT);
    }

    /** However long the trash keeps what it has: a key is remembered for its own time. */
    Future<Purged> purge(Batch batch) {
        return purge.only(Parameters.of("kept", (double) Idempotency.KEY_LIFETIME.toSeconds())
                .and("limit", batch.limit()));
    }
}
