package io.parley.idempotency;

import io.parley.contracts.Purge;
import io.parley.contracts.Purge.Batch;
import io.parley.contracts.Purge.Purged;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The SQL that deletes idempotency keys after their lifetime. It picks users without a lock, then deletes the keys of one user
 * after the other.
 */
final class IdempotencyPurge {
    private record Expired(UUID userId, Instant last) {}

    private final Database database;

    IdempotencyPurge(Database database) {
        this.database = database;
    }

    /** Ignores {@code olderThan}, which is about the trash: keys have a lifetime of their own. */
    Future<Purged> purge(Batch batch) {
        return findExpired(batch)
                .compose(expired -> delete(expired).map(removed -> new Purged(removed, !expired.isEmpty())));
    }

    // The keys that expired first, of all users.
    private Future<List<Expired>> findExpired(Batch batch) {
        return database.acrossUsers().query("""
                    SELECT user_id, max(expires_at) AS last
                      FROM (SELECT user_id, expires_at
                              FROM idempotency_keys
                             WHERE expires_at <= now()
                             ORDER BY expires_at
                             LIMIT #{limit}) AS expired
                     GROUP BY user_id
                    """, IdempotencyPurge::expired).list(Parameters.of("limit", batch.limit()));
    }

    private Future<Integer> delete(List<Expired> users) {
        var sum = Future.succeededFuture(0);
        for (var user : users) sum = sum.compose(before -> delete(user).map(deleted -> before + deleted));
        return sum;
    }

    private Future<Integer> delete(Expired user) {
        return database.query("""
                    DELETE FROM idempotency_keys
                     WHERE user_id = #{user_id} AND expires_at <= #{last} AND expires_at <= now()
                    """)
                .within(Purge.LIMIT)
                .run(Parameters.of("user_id", user.userId()).and("last", user.last()));
    }

    private static Expired expired(Row row) {
        return new Expired(Rows.uuid(row, "user_id"), Rows.instant(row, "last"));
    }
}
