package io.parley.changes;

import io.parley.contracts.Purge;
import io.parley.contracts.Purge.Batch;
import io.parley.contracts.Purge.Purged;
import io.parley.contracts.changes.Changes;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Query;
import io.parley.storage.Rows;
import io.vertx.core.Future;

/** The SQL that removes changes which nobody is told any more. */
final class ChangePurge {
    private final Query<Purged> purge;

    ChangePurge(Database database) {
        purge = database.statement("""
            WITH forgotten AS MATERIALIZED (
                SELECT user_id, xid, number FROM changes
                 WHERE created_at <= now() - #{kept} * interval '1 second'
                 ORDER BY created_at LIMIT #{limit} FOR UPDATE SKIP LOCKED),
            removed AS (
                DELETE FROM changes c USING forgotten f
                 WHERE c.user_id = f.user_id AND c.xid = f.xid AND c.number = f.number RETURNING 1)
            SELECT (SELECT count(*) FROM removed)::int AS removed, EXISTS (SELECT FROM forgotten) AS more
            """, row -> new Purged(Rows.integer(row, "removed"), Rows.flag(row, "more")))
                .within(Purge.LIMIT);
    }

    // A place of the age at which they are lost is still asked with for a moment.
    Future<Purged> purge(Batch batch) {
        return purge.only(
                Parameters.of("kept", (double) Changes.RETENTION.plusMinutes(1).toSeconds())
                        .and("limit", batch.limit()));
    }
}
