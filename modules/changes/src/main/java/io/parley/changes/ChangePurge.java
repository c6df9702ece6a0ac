package io.parley.changes;

import io.parley.contracts.Purge;
import io.parley.contracts.Purge.Batch;
import io.parley.contracts.Purge.Purged;
import io.parley.contracts.changes.Changes;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;

/** The SQL that deletes changes after the retention time. */
final class ChangePurge {
    private final Database database;

    ChangePurge(Database database) {
        this.database = database;
    }

    /**
     * Ignores {@code olderThan}, which is about the trash: changes have a retention time of their own. They are kept one
     * minute longer, because a client may still ask with a position that has just reached that age.
     */
    Future<Purged> purge(Batch batch) {
        return database.query("""
                    WITH expired AS MATERIALIZED (
                        SELECT user_id, xid, number FROM changes
                         WHERE created_at <= now() - #{retention} * interval '1 second'
                         ORDER BY created_at LIMIT #{limit} FOR UPDATE SKIP LOCKED),
                    removed AS (
                        DELETE FROM changes c USING expired e
                         WHERE c.user_id = e.user_id AND c.xid = e.xid AND c.number = e.number RETURNING 1)
                    SELECT (SELECT count(*) FROM removed)::int AS removed, EXISTS (SELECT FROM expired) AS more
                    """, ChangePurge::purged)
                .within(Purge.LIMIT)
                .only(Parameters.of("retention", (double)
                                Changes.RETENTION.plusMinutes(1).toSeconds())
                        .and("limit", batch.limit()));
    }

    private static Purged purged(Row row) {
        return new Purged(Rows.integer(row, "removed"), Rows.flag(row, "more"));
    }
}
