package io.parley.storage;

import io.parley.kernel.Caller;
import io.parley.kernel.Problem;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Finds out why a statement that names a row by its id and its user found none. That statement alone decides; this only
 * chooses the error, so a change in between can make the error wrong, but nothing unsafe. It is the only lookup that does
 * not filter by user, and it runs only after a miss.
 */
public final class Ownership {
    private record Owned(UUID userId, boolean live) {}

    private final String resource;
    private final Query<Owned> owner;

    /**
     * @param resource what the row is called in a problem
     * @param sql reads {@code user_id} and {@code live} of all rows with the id {@code #{id}}
     */
    public Ownership(Database database, String resource, String sql) {
        this.resource = resource;
        this.owner = database.acrossUsers().query(sql, Ownership::owned);
    }

    /** Returns what was found; else fails not-found, forbidden, or stale if the row is the caller's and live. */
    public <T> Future<T> require(Optional<T> found, Caller caller, UUID id) {
        return found.map(Future::succeededFuture)
                .orElseGet(() -> owner.list(Parameters.of("id", id))
                        .compose(owned -> Future.failedFuture(problem(caller, owned))));
    }

    /**
     * Reads a row; else fails not-found or forbidden. A row that is inserted between the two statements is read again, because a caller
     * who only reads knows no version that could be stale.
     */
    public <T> Future<T> read(Supplier<Future<Optional<T>>> row, Caller caller, UUID id) {
        return row.get()
                .compose(found -> require(found, caller, id))
                .recover(failure -> failure instanceof Problem problem && problem.kind() == Problem.Kind.STALE
                        ? row.get().compose(found -> require(found, caller, id))
                        : Future.failedFuture(failure));
    }

    // Several users may have rows with the same id. The caller's own row decides, if there is one.
    private Problem problem(Caller caller, List<Owned> found) {
        if (found.isEmpty()) return Problem.notFound(resource);
        return found.stream()
                .filter(owned -> owned.userId().equals(caller.userId()))
                .findFirst()
                .map(own -> own.live() ? Problem.stale(resource) : Problem.notFound(resource))
                .orElseGet(() -> Problem.forbidden(resource));
    }

    private static Owned owned(Row row) {
        return new Owned(row.getUUID("user_id"), row.getBoolean("live"));
    }
}
