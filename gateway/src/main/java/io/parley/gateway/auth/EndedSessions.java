package io.parley.gateway.auth;

import io.parley.contracts.users.Sessions;
import io.parley.contracts.users.Sessions.Ended;
import io.parley.contracts.users.Sessions.Recent;
import io.parley.kernel.Bus;
import io.parley.kernel.None;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The sessions whose access tokens are refused although they have not expired. A route that ends sessions adds them before
 * it answers. Sessions that end elsewhere arrive by a topic at once; messages of the topic can be lost, so the list is also
 * loaded every few seconds.
 */
public final class EndedSessions {
    private static final Duration RELOAD_INTERVAL = Duration.ofSeconds(5);
    private static final Duration FIRST_LOAD_RETRY = Duration.ofMillis(200);

    private final ConcurrentMap<UUID, Long> addedAt = new ConcurrentHashMap<>();
    private final Duration remembered;
    private volatile boolean isKnown;

    /** @param tokenLifetime of access tokens; an entry is dropped a minute after it, because the tokens have expired by then */
    public EndedSessions(Duration tokenLifetime) {
        // A token of a node whose clock is fast is accepted for longer by the clock of this one.
        this.remembered = tokenLifetime.plusSeconds(Claims.SKEW_SECONDS);
    }

    /**
     * Keeps the list up to date while the calling verticle is deployed. Succeeds after the first attempt to load the list,
     * whatever its outcome; fails only if the subscription fails.
     */
    public Future<Void> follow(Vertx vertx, Bus bus) {
        return bus.subscribe(Sessions.ENDED, this::add).compose(subscribed -> reload(vertx, bus));
    }

    /** Whether the list has been loaded since this process started. */
    public boolean isKnown() {
        return isKnown;
    }

    public boolean contains(UUID sessionId) {
        return addedAt.containsKey(sessionId);
    }

    public None add(Ended ended) {
        ended.ids().forEach(id -> addedAt.putIfAbsent(id, System.nanoTime()));
        return None.NONE;
    }

    private Future<Void> reload(Vertx vertx, Bus bus) {
        return bus.ask(Sessions.RECENTLY_ENDED, new Recent(remembered))
                .onSuccess(this::addLoaded)
                .onComplete(done -> vertx.setTimer(
                        (isKnown ? RELOAD_INTERVAL : FIRST_LOAD_RETRY).toMillis(), timer -> reload(vertx, bus)))
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }

    private void addLoaded(Ended ended) {
        long now = System.nanoTime();
        addedAt.values().removeIf(added -> now - added > remembered.toNanos());
        add(ended);
        isKnown = true;
    }
}
