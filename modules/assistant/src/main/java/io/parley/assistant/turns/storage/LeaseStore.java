package io.parley.assistant.turns.storage;

import io.parley.contracts.assistant.Turn;
import io.parley.kernel.async.Futures;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The SQL of the leases in the table {@code turns}, which show other nodes that a turn is still running. */
public final class LeaseStore {
    /** Outlasts a short outage of the database, but still lets another node find a dead node's turns within a minute. */
    static final double SECONDS = 30;

    private final Database database;

    /** A lease that was extended. */
    public record Lease(UUID turnId, boolean isStopRequested) {}

    public LeaseStore(Database database) {
        this.database = database;
    }

    /** Returns those that are still running. A missing one was ended by another node. */
    public Future<List<Lease>> extend(List<TurnKey> turns) {
        var extended = turns.stream().map(this::extend).toList();
        return Future.all(extended)
                .map(all -> all.<Optional<Lease>>list().stream()
                        .flatMap(Optional::stream)
                        .toList());
    }

    private Future<Optional<Lease>> extend(TurnKey turn) {
        return database.query("""
            UPDATE turns SET lease_until = now() + #{lease} * interval '1 second'
             WHERE user_id = #{user_id} AND id = #{id} AND status = 'running'
            RETURNING id, stop_requested
            """, row -> new Lease(Rows.uuid(row, "id"), Rows.flag(row, "stop_requested")))
                .one(turn.row().and("lease", SECONDS));
    }

    /** Ends the leases of all turns that are running. */
    public Future<Void> endAll() {
        return Futures.loop(() -> leased().compose(this::end));
    }

    private Future<List<TurnKey>> leased() {
        return database.acrossUsers().query("""
            SELECT user_id, id FROM turns WHERE status = 'running' AND lease_until > now() LIMIT 100
            """, LeaseStore::key).list(Parameters.none());
    }

    private Future<Boolean> end(List<TurnKey> turns) {
        return Future.all(turns.stream().map(this::end).toList()).map(ended -> !turns.isEmpty());
    }

    private Future<Integer> end(TurnKey turn) {
        return database.query("""
            UPDATE turns SET lease_until = now() WHERE user_id = #{user_id} AND id = #{id} AND status = 'running'
            """).run(turn.row());
    }

    /** Takes over a few turns whose nodes have died. Of several nodes that try, one gets each turn. */
    public Future<List<Turn>> takeAbandoned() {
        return abandoned().compose(candidates -> {
            var taken = candidates.stream().map(this::take).toList();
            return Future.all(taken)
                    .map(all -> all.<Optional<Turn>>list().stream()
                            .flatMap(Optional::stream)
                            .toList());
        });
    }

    // Looks for candidates of all users without a lock.
    private Future<List<TurnKey>> abandoned() {
        return database.acrossUsers().query("""
            SELECT user_id, id FROM turns
             WHERE status = 'running' AND lease_until < now()
             ORDER BY lease_until LIMIT 10
            """, LeaseStore::key).list(Parameters.none());
    }

    private static TurnKey key(Row row) {
        return new TurnKey(Rows.uuid(row, "user_id"), Rows.uuid(row, "id"));
    }

    private Future<Optional<Turn>> take(TurnKey turn) {
        return database.query("""
            UPDATE turns SET lease_until = now() + #{lease} * interval '1 second'
             WHERE user_id = #{user_id} AND id = #{id} AND status = 'running' AND lease_until < now()
            RETURNING""" + " " + TurnRow.COLUMNS, TurnRow::turn)
                .one(turn.row().and("lease", SECONDS));
    }
}
