package io.parley.audit;

import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.parley.storage.SecurityLog;
import io.vertx.core.Future;
import java.time.Duration;

/** Deletes the oldest events through the function that alone may. Any number of nodes may do so at once. */
final class PruningStore {
    /** Nobody can record an event while a batch is deleted. */
    private static final int BATCH_ROWS = 1_000;

    private final Database database;
    private final Duration retention;

    PruningStore(Database database, AuditSettings settings) {
        this.database = database;
        this.retention = settings.retention();
    }

    /** Returns the number of deleted events. */
    Future<Integer> prune() {
        return database.acrossUsers()
                .query("""
                    SELECT removed, line
                      FROM prune_security_events(now() - make_interval(secs => #{seconds}), #{max_rows})
                    """, row -> {
                    SecurityLog.write(Rows.text(row, "line"));
                    return Rows.integer(row, "removed");
                })
                .one(Parameters.of("seconds", (double) retention.toSeconds()).and("max_rows", BATCH_ROWS))
                .compose(removed -> removed.orElse(0) < BATCH_ROWS
                        ? Future.succeededFuture(removed.orElse(0))
                        : prune().map(further -> removed.get() + further));
    }
}
