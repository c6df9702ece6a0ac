package io.parley.storage;

import io.parley.kernel.Caller;
import io.parley.kernel.Problem;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.Optional;
import java.util.UUID;

/**
 * Finds out why a statement that names a row by its id and its owner found none. Only that statement decides; this query
 * chooses the error, so a change in between can make the error inaccurate but nothing unsafe.
 */
public final class Ownership {
    private record Owned(UUID userId, boolean live) {}

    private final String resource;
    private final Query<Owned> owner;

    /**
     * @param resource name of the row in a problem
     * @param sql reads {@code user_id} and {@code live} of the row {@code #{id}}
     */
    public Ownership(Database database, String resource, String sql) {
        this.resource = resource;
        this.owner = database.query(sql, Ownership::owned);
    }

    /** The row that was found; otherwise fails not-found, forbidden, or stale if the row is live and the caller's own. */
    public <T> Future<T> require(Optional<T> found, Caller caller, UUID id) {
        return found.map(Future::succeededFuture)
                .orElseGet(() -> owner.one(Parameters.of("id", id))
                        .compose(owned -> Future.failedFuture(problem(caller, owned))));
    }

    private Problem problem(Caller caller, Optional<Owned> found) {
        if (found.isEmpty()) return Problem.notFound(resource);
        if (!found.get().userId().equals(caller.userId())) return Problem.forbidden(resource);
        return found.get().live() ? Problem.stale(resource) : Problem.notFound(resource);
    }

    private static Owned owned(Row row) {
        return new Owned(row.getUUID("user_id"), row.getBoolean("live"));
    }
}
