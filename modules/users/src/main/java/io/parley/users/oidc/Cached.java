package io.parley.users.oidc;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A document of a provider, which is fetched when it is needed, at most once at a time. For one event loop. */
final class Cached<T> {
    private static final Duration LIFETIME = Duration.ofHours(1);
    private static final Duration BETWEEN_RENEWALS = Duration.ofMinutes(1);

    private final Supplier<Future<T>> fetch;
    private final Clock clock;
    private @Nullable Future<T> value;
    private Instant fetchedAt = Instant.MIN;
    private Instant renewedAt = Instant.MIN;

    Cached(Supplier<Future<T>> fetch, Clock clock) {
        this.fetch = fetch;
        this.clock = clock;
    }

    /** What was fetched within an hour, else a new one. A failure is not kept. */
    Future<T> get() {
        var known = value;
        return known != null && !known.failed() && fetchedAt.plus(LIFETIME).isAfter(clock.instant()) ? known : fetch();
    }

    /** Another one, because something is missing in this one; the same if that was so within a minute. */
    Future<T> renewed() {
        var now = clock.instant();
        if (renewedAt.isAfter(now.minus(BETWEEN_RENEWALS))) return get();
        renewedAt = now;
        return fetch();
    }

    private Future<T> fetch() {
        fetchedAt = clock.instant();
        var fetched = fetch.get();
        value = fetched;
        return fetched;
    }
}
