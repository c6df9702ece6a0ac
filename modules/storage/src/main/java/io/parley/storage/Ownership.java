package io.parley.storage;

import io.parley.kernel.Caller;
import io.parley.kernel.Problem;
import io.parley.kernel.Versions;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Runs statements that name a row by its id and its user, and finds out why one found none. That statement alone decides; this only
 * chooses the error, so a change in between can make the error wrong, but nothing unsafe. It is the only lookup that does
 * not filter by user, and it runs only after a miss.
 */
public final class Ownership {
    /** A row that is missed and then seen as often is deleted and restored all the time: it is there, so not-found would be wrong. */
    private static final int ATTEMPTS = 5;

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

    /** Reads a row; else fails not-found or forbidden. */
    public <T> Future<T> read(Supplier<Future<Optional<T>>> row, Caller caller, UUID id) {
        return change(row, caller, id);
    }

    /** Changes a row, whatever its version; else fails not-found or forbidden. */
    public <T> Future<T> change(Supplier<Future<Optional<T>>> statement, Caller caller, UUID id) {
        return change(Versions.ANY, statement, caller, id);
    }

    /**
     * Changes a row that has one of the versions; else fails not-found, forbidden, or stale if it is the caller's and live. If any version
     * will do, nothing is stale: the row was inserted or restored between the two statements, and the first one runs again;
     * after five times it fails unavailable.
     *
     * @param statement with the same versions; empty if it finds no row
     */
    public <T> Future<T> change(Versions versions, Supplier<Future<Optional<T>>> statement, Caller caller, UUID id) {
        return attempt(versions, statement, caller, id, ATTEMPTS);
    }

    private <T> Future<T> attempt(
            Versions versions, Supplier<Future<Optional<T>>> statement, Caller caller, UUID id, int attempts) {
        return statement.get().compose(found -> {
            if (found.isPresent()) return Future.succeededFuture(found.get());
            return owner.list(Parameters.of("id", id)).compose(owned -> {
                var problem = problem(versions, caller, owned);
                return problem.isEmpty() && attempts > 1
                        ? attempt(versions, statement, caller, id, attempts - 1)
                        : Future.failedFuture(problem.orElseGet(Problem::unavailable));
            });
        });
    }

    // Several users may have rows with the same id. The caller's own row decides, if there is one. Empty if that is no
    // reason at all.
    private Optional<Problem> problem(Versions versions, Caller caller, List<Owned> found) {
        var own = found.stream()
                .filter(owned -> owned.userId().equals(caller.userId()))
                .findFirst();
        if (own.isEmpty())
            return Optional.of(found.isEmpty() ? Problem.notFound(resource) : Problem.forbidden(resource));
        if (!own.get().live()) return Optional.of(Problem.notFound(resource));
        return versions.any() ? Optional.empty() : Optional.of(Problem.stale(resource));
    }

    private static Owned owned(Row row) {
        return new Owned(row.getUUID("user_id"), row.getBoolean("live"));
    }
}
