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
import io.parley.storage.Query;
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
    /**
     * A row of the answer: the first is the place and nothing else.
     *
     * @param watch counted from 1; null in the first
     * @param change null where it tells only that the watch's place is not known
     */
    private record Line(
            ChangePosition now,
            @Nullable Integer watch,
            @Nullable Change change) {}

    private final Query<Line> since;

    // What one transaction does is not seen before it ends, and they do not end in the order in which they began: so
    // what
    // is new is what the watch's snapshot did not see. Where the server has not been as far as the snapshot it is
    // another's.
    ChangeStore(Database database) {
        since = database.statement("""
            WITH present AS (
                SELECT pg_current_snapshot() AS snapshot, extract(epoch FROM statement_timestamp())::bigint AS second),
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
                 WHERE w.second < p.second - #{kept} OR pg_snapshot_xmax(w.snapshot) > pg_snapshot_xmax(p.snapshot)
                UNION ALL
                SELECT w.watch, c.resource, c.id, c.kind
                  FROM watches w
                 CROSS JOIN LATERAL (
                    SELECT resource, id, kind, xid, number FROM changes
                     WHERE user_id = w.user_id AND xid >= pg_snapshot_xmin(w.snapshot)
                       AND NOT pg_visible_in_snapshot(xid, w.snapshot)
                     ORDER BY xid, number
                     LIMIT #{limit}) c) n ON true
            """, ChangeStore::line);
    }

    Future<ChangesSince> since(Since query) {
        var watches = query.watches();
        return since.list(Parameters.of(
                                "users", watches.stream().map(Watch::userId).toArray(UUID[]::new))
                        .and(
                                "snapshots",
                                places(watches, ChangePosition::snapshot).toArray(String[]::new))
                        .and("seconds", places(watches, ChangePosition::second).toArray(Long[]::new))
                        .and("kept", Changes.RETENTION.toSeconds())
                        .and("limit", Changes.MAX_CHANGES + 1))
                .map(lines -> news(watches.size(), lines));
    }

    private static <T> List<@Nullable T> places(List<Watch> watches, Function<ChangePosition, T> part) {
        var parts = new ArrayList<@Nullable T>();
        for (var watch : watches) parts.add(watch.after() == null ? null : part.apply(watch.after()));
        return parts;
    }

    private static ChangesSince news(int watches, List<Line> lines) {
        var changes = new ArrayList<List<Change>>();
        for (int watch = 0; watch < watches; watch++) changes.add(new ArrayList<>());
        var isLost = new boolean[watches];
        for (var line : lines) {
            if (line.watch() == null) continue;
            int watch = line.watch() - 1;
            if (line.change() == null || changes.get(watch).size() == Changes.MAX_CHANGES) isLost[watch] = true;
            else changes.get(watch).add(line.change());
        }
        var found = new ArrayList<WatchResult>();
        for (int watch = 0; watch < watches; watch++)
            found.add(
                    isLost[watch]
                            ? new WatchResult(List.of(), true)
                            : new WatchResult(List.copyOf(changes.get(watch)), false));
        return new ChangesSince(lines.get(0).now(), found);
    }

    private static Line line(Row row) {
        var id = Rows.nullableUuid(row, "id");
        return new Line(
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
