package io.parley.idempotency;

import io.parley.contracts.Purge;
import io.parley.contracts.Purge.Batch;
import io.parley.contracts.Purge.Purged;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The SQL that deletes idempotency keys after their lifetime. It picks keys of any users without a lock, then deletes those
 * of one user after the other.
 */
final class IdempotencyPurge {
    private record ExpiredKey(UUID userId, String key) {}

    private final Database database;

    IdempotencyPurge(Database database) {
        this.database = database;
    }

    /** Ignores {@code olderThan}, which is about the trash: keys have a lifetime of their own. */
    Future<Purged> purge(Batch batch) {
        return findExpired(batch)
                .compose(expired -> delete(byUser(expired)).map(removed -> new Purged(removed, !expired.isEmpty())));
    }

    // Candidates of all users.
    private Future<List<ExpiredKey>> findExpired(Batch batch) {
        return database.query("""
                    SELECT user_id, key
                      FROM idempotency_keys
                     WHERE expires_at <= now()
                     ORDER BY expires_at
                     LIMIT #{limit}
                    """, IdempotencyPurge::expiredKey).list(Parameters.of("limit", batch.limit()));
    }

    private static Map<UUID, List<String>> byUser(List<ExpiredKey> expired) {
        var byUser = new LinkedHashMap<UUID, List<String>>();
        for (var each : expired)
            byUser.computeIfAbsent(each.userId(), user -> new ArrayList<>()).add(each.key());
        return byUser;
    }

    private Future<Integer> delete(Map<UUID, List<String>> byUser) {
        var sum = Future.succeededFuture(0);
        for (var user : byUser.entrySet())
            sum = sum.compose(before -> delete(user.getKey(), user.getValue()).map(deleted -> before + deleted));
        return sum;
    }

    private Future<Integer> delete(UUID user, List<String> keys) {
        return database.query("""
                    DELETE FROM idempotency_keys
                     WHERE user_id = #{user_id} AND key = ANY(#{keys}) AND expires_at <= now()
                    """)
                .within(Purge.LIMIT)
                .run(Parameters.of("user_id", user).and("keys", keys.toArray(String[]::new)));
    }

    private static ExpiredKey expiredKey(Row row) {
        return new ExpiredKey(Rows.uuid(row, "user_id"), Rows.text(row, "key"));
    }
}
