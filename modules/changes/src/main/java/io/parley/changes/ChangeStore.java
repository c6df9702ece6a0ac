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
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The SQL of the table {@code changes}. */
final class ChangeStore {
    private final Database database;

    ChangeStore(Database database) {
        this.database = database;
    }

    /**
     * One row of the result. The first row carries the current position only.
     *
     * @param watch number of the watch, from 1; null in the first row
     * @param change null if the row only says that changes after the watch's position are no longer known
     */
    private record ResultRow(
            ChangePosition now,
            @Nullable Integer watch,
            @Nullable Change change) {}

    // A transaction's changes become visible when it commits, and transactions do not commit in the order in which they
    // began. New are therefore the changes that the watch's snapshot did not see. A snapshot that is ahead of this
    // server
    // was taken on another server, for example before a restore from a backup.
    Future<ChangesSince> since(Since query) {
        var watches = query.watches();
        return database.query("""
                    WITH present AS (
                        SELECT pg_current_snapshot() AS snapshot,
                               extract(epoch FROM statement_timestamp())::bigint AS second),
                    watches AS (
                        SELECT w.watch::int, w.user_id, w.snapshot::pg_snapshot, w.second
                          FROM unnest(#{users}::uuid[], #{snapshots}::text[], #{seconds}::bigint[])
                               WITH ORDINALITY AS w (user_id, snapshot, second, watch)
                         WHERE w.snapshot IS NOT NULL)
                    SELECT p.snapshot::text AS snapshot, p.second, n.watch, n.resource, n.id, n.kind
                      FROM present p
                      LEFT JOIN LATERAL (
                        SELECT NULL::int AS watch, NULL AS resource, NULL::uuid AS id, NULL AS kind
                        UNION ALL
                        SELECT w.watch, NULL, NULL, NULL
                          FROM watches w
                         WHERE w.second < p.second - #{retention}
                            OR pg_snapshot_xmax(w.snapshot) > pg_snapshot_xmax(p.snapshot)
                        UNION ALL
                        SELECT w.watch, c.resource, c.id, c.kind
                          FROM watches w
                         CROSS JOIN LATERAL (
                            SELECT resource, id, kind, xid, number FROM changes
                             WHERE user_id = w.user_id AND xid >= pg_snapshot_xmin(w.snapshot)
                               AND NOT pg_visible_in_snapshot(xid, w.snapshot)
                             ORDER BY xid, number
                             LIMIT #{limit}) c) n ON true
                    """, ChangeStore::resultRow)
                .list(Parameters.of("users", watches.stream().map(Watch::userId).toArray(UUID[]::new))
                        .and(
                                "snapshots",
                                positions(watches, ChangePosition::snapshot).toArray(String[]::new))
                        .and(
                                "seconds",
                                positions(watches, ChangePosition::second).toArray(Long[]::new))
                        .and("retention", Changes.RETENTION.toSeconds())
                        .and("limit", Changes.MAX_CHANGES + 1))
                .map(rows -> changesSince(watches.size(), rows));
    }

    private static <T> List<@Nullable T> positions(List<Watch> watches, Function<ChangePosition, T> part) {
        var parts = new ArrayList<@Nullable T>();
        for (var watch : watches) parts.add(watch.after() == null ? null : part.apply(watch.after()));
        return parts;
    }

    private static ChangesSince changesSince(int watches, List<ResultRow> rows) {
        var changes = new ArrayList<List<Change>>();
        for (int watch = 0; watch < watches; watch++) changes.add(new ArrayList<>());
        var isIncomplete = new boolean[watches];
        for (var row : rows) {
            if (row.watch() == null) continue;
            int watch = row.watch() - 1;
            if (row.change() == null || changes.get(watch).size() == Changes.MAX_CHANGES) isIncomplete[watch] = true;
            else changes.get(watch).add(row.change());
        }
        var results = new ArrayList<WatchResult>();
        for (int watch = 0; watch < watches; watch++)
            results.add(new WatchResult(
                    isIncomplete[watch] ? List.of() : List.copyOf(changes.get(watch)), isIncomplete[watch]));
        return new ChangesSince(rows.get(0).now(), results);
    }

    private static ResultRow resultRow(Row row) {
        var id = Rows.nullableUuid(row, "id");
        return new ResultRow(
                new ChangePosition(Rows.bigint(row, "second"), Rows.text(row, "snapshot")),
                Rows.nullableInteger(row, "watch"),
                id == null
                        ? null
                        : new Change(
                                Rows.choice(row, "resource", Change.Resource.class),
                                id,
                                Rows.choice(row, "kind", Change.Kind.class)));
    }
}
