package io.parley.storage;

import io.parley.kernel.Caller;
import io.parley.kernel.Problem;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.Optional;
import java.util.UUID;

/**
 * Tells why a statement that names a row by its id and its owner met none. Such a statement alone decides; this only
 * finds the words, so a change in between can make them wrong but nothing unsafe.
 */
public final class Ownership {
    private record Owned(UUID userId, boolean live) {}

    private final String resource;
    private final Query<Owned> owner;

    /**
     * @param resource what the row is called in a problem
     * @param sql reads {@code user_id} and {@code live} of the row {@code #{id}}
     */
    public Ownership(Database database, String resource, String sql) {
        this.resource = resource;
        this.owner = database.statement(sql, Ownership::owned);
    }

    /** What was found; else fails not-found, forbidden, or stale where the row is the caller's and live. */
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
