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
import java.util.List;
import java.util.UUID;

/** The SQL that removes changes which are no longer kept. */
final class ChangePurge {
    // One minute longer than promised, so that a request for the oldest promised position still succeeds.
    private static final double KEPT_SECONDS = Changes.RETENTION.plusMinutes(1).toSeconds();

    private record Expired(UUID userId, long lastNumber) {}

    private final Database database;

    ChangePurge(Database database) {
        this.database = database;
    }

    Future<Purged> purge(Batch batch) {
        return expired(batch.limit()).compose(users -> {
            Future<Integer> removed = Future.succeededFuture(0);
            for (var user : users)
                removed = removed.compose(before -> remove(user).map(rows -> before + rows));
            return removed.map(rows -> new Purged(rows, rows > 0));
        });
    }

    // Looks for candidates of all users without a lock; each user's are removed by a statement of their own.
    private Future<List<Expired>> expired(int limit) {
        return database.acrossUsers()
                .query("""
                        SELECT user_id, max(number) AS last_number
                          FROM (SELECT user_id, number FROM changes
                                 WHERE created_at <= now() - #{kept} * interval '1 second'
                                 ORDER BY created_at LIMIT #{limit}) AS expired
                         GROUP BY user_id
                        """, ChangePurge::expired)
                .list(Parameters.of("kept", KEPT_SECONDS).and("limit", limit));
    }

    private Future<Integer> remove(Expired user) {
        return database.query("""
                        WITH counted AS (
                            UPDATE change_counters SET purged_number = #{last_number}
                             WHERE user_id = #{user_id} AND purged_number < #{last_number})
                        DELETE FROM changes
                         WHERE user_id = #{user_id} AND number <= #{last_number}
                           AND created_at <= now() - #{kept} * interval '1 second'
                        """)
                .within(Purge.LIMIT)
                .run(Parameters.of("user_id", user.userId())
                        .and("last_number", user.lastNumber())
                        .and("kept", KEPT_SECONDS));
    }

    private static Expired expired(Row row) {
        return new Expired(Rows.uuid(row, "user_id"), Rows.bigint(row, "last_number"));
    }
}
