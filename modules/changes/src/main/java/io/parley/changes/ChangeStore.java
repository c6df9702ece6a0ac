package io.parley.changes;

import io.parley.contracts.changes.Change;
import io.parley.contracts.changes.ChangePosition;
import io.parley.contracts.changes.Changes;
import io.parley.contracts.changes.Changes.ChangesSince;
import io.parley.contracts.changes.Changes.Since;
import io.parley.contracts.changes.Changes.Watch;
import io.parley.contracts.changes.Changes.WatchResult;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** The SQL of the tables {@code changes} and {@code change_counters}. */
final class ChangeStore {
    private record Counter(UUID userId, long lastNumber) {}

    private final Database database;

    ChangeStore(Database database) {
        this.database = database;
    }

    /**
     * A user whose last number has not moved has no changes to read, so following idle users costs one small statement for all
     * of them.
     */
    Future<ChangesSince> since(Since query) {
        return lastNumbers(query.watches()).compose(lastNumbers -> {
            var results = query.watches().stream()
                    .map(watch -> since(watch, lastNumbers.getOrDefault(watch.userId(), 0L)))
                    .toList();
            return Future.all(results).map(all -> new ChangesSince(all.list()));
        });
    }

    private Future<Map<UUID, Long>> lastNumbers(List<Watch> watches) {
        var users = watches.stream().map(Watch::userId).distinct().toArray(UUID[]::new);
        return database.acrossUsers()
                .query("""
                        SELECT c.user_id, coalesce(last.number, c.purged_number) AS last_number
                          FROM change_counters c
                          LEFT JOIN LATERAL (
                               SELECT number FROM changes WHERE user_id = c.user_id ORDER BY number DESC LIMIT 1) last ON true
                         WHERE c.user_id = ANY(#{users}::uuid[])
                        """, ChangeStore::counter)
                .list(Parameters.of("users", users))
                .map(counters -> counters.stream().collect(Collectors.toMap(Counter::userId, Counter::lastNumber)));
    }

    private Future<WatchResult> since(Watch watch, long lastNumber) {
        var latest = new ChangePosition(lastNumber);
        var after = watch.after();
        if (after == null || after.equals(latest))
            return Future.succeededFuture(new WatchResult(List.of(), latest, false));
        long missing = lastNumber - after.number();
        // A position beyond the last number comes from another database.
        if (after.equals(ChangePosition.UNKNOWN) || missing < 0 || missing > Changes.MAX_CHANGES)
            return Future.succeededFuture(new WatchResult(List.of(), latest, true));
        return between(watch.userId(), after.number(), lastNumber)
                .map(changes -> changes.size() == missing
                        ? new WatchResult(changes, latest, false)
                        : new WatchResult(List.of(), latest, true));
    }

    // The numbers have no gaps, so a row that is missing has been purged.
    private Future<List<Change>> between(UUID userId, long after, long last) {
        return database.query("""
                        SELECT resource, id, kind
                          FROM changes
                         WHERE user_id = #{user_id} AND number > #{after} AND number <= #{last}
                         ORDER BY number
                        """, ChangeStore::change)
                .batched()
                .list(Parameters.of("user_id", userId).and("after", after).and("last", last));
    }

    private static Counter counter(Row row) {
        return new Counter(Rows.uuid(row, "user_id"), Rows.bigint(row, "last_number"));
    }

    private static Change change(Row row) {
        return new Change(
                Rows.choice(row, "resource", Change.Resource.class),
                Rows.uuid(row, "id"),
                Rows.choice(row, "kind", Change.Kind.class));
    }
}
