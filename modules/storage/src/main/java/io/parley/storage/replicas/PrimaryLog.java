package io.parley.storage.replicas;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;

/** Asks the primary where its log ends. Those who ask while a question is on its way share the next one. */
final class PrimaryLog {
    // Standbys receive only what is flushed. A commit is reported after its record is inserted, and before it is
    // flushed if synchronous_commit is off.
    private static final String POSITION = """
        SELECT system_identifier, (SELECT oid::bigint FROM pg_database WHERE datname = current_database()) AS database,
               (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::bigint AS inserted,
               (pg_current_wal_flush_lsn() - '0/0'::pg_lsn)::bigint AS flushed
          FROM pg_control_system()
        """;

    private final Vertx vertx;
    private final ServerProbe probe;
    private List<Promise<Position>> waiting = new ArrayList<>();
    private boolean isAsking;

    /**
     * Where the log ended when the question was answered.
     *
     * @param inserted no commit that was reported before is later
     * @param flushed a standby without any delay has come so far
     */
    record Position(ServerIdentity identity, long inserted, long flushed) {
        private static Position of(Row row) {
            return new Position(ServerIdentity.of(row), row.getLong("inserted"), row.getLong("flushed"));
        }
    }

    PrimaryLog(Vertx vertx, ServerProbe probe) {
        this.vertx = vertx;
        this.probe = probe;
    }

    /** A position that is asked for after this call. Fails after a second or two. */
    Future<Position> position() {
        Promise<Position> promise = ((ContextInternal) vertx.getOrCreateContext()).promise();
        if (isFirst(promise)) ask();
        return promise.future();
    }

    private synchronized boolean isFirst(Promise<Position> promise) {
        waiting.add(promise);
        if (isAsking) return false;
        isAsking = true;
        return true;
    }

    private void ask() {
        var asking = take();
        probe.ask(POSITION).map(Position::of).onComplete((position, failure) -> {
            if (isWanted()) ask();
            for (var promise : asking) {
                if (failure == null) promise.complete(position);
                else promise.fail(failure);
            }
        });
    }

    private synchronized List<Promise<Position>> take() {
        var taken = waiting;
        waiting = new ArrayList<>();
        return taken;
    }

    private synchronized boolean isWanted() {
        isAsking = !waiting.isEmpty();
        return isAsking;
    }

    Future<Void> close() {
        return probe.close();
    }
}
