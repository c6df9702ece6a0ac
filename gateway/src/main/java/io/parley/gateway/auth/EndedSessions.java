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
 * The sessions whose access tokens are refused although they have not expired. Whatever ends one here is noted before
 * its own answer goes out; the topic tells of the others at once, and asking again every few seconds of those that the
 * topic lost.
 */
public final class EndedSessions {
    private static final Duration REFRESH = Duration.ofSeconds(5);
    private static final Duration RETRY = Duration.ofMillis(200);

    private final ConcurrentMap<UUID, Long> notedAt = new ConcurrentHashMap<>();
    private final Duration lifetime;
    private volatile boolean known;

    /** @param lifetime of access tokens, after which an ended session needs no notice */
    public EndedSessions(Duration lifetime) {
        this.lifetime = lifetime;
    }

    /**
     * Keeps up for as long as the calling verticle is deployed. Done when it has asked once, whatever the answer was; fails
     * only where nothing can be subscribed to.
     */
    public Future<Void> follow(Vertx vertx, Bus bus) {
        return bus.subscribe(Sessions.ENDED, this::note).compose(subscribed -> refresh(vertx, bus));
    }

    /** Whether it has been learned what ended before this process began. */
    public boolean isKnown() {
        return known;
    }

    public boolean contains(UUID sessionId) {
        return notedAt.containsKey(sessionId);
    }

    public None note(Ended ended) {
        ended.ids().forEach(id -> notedAt.putIfAbsent(id, System.nanoTime()));
        return None.NONE;
    }

    private Future<Void> refresh(Vertx vertx, Bus bus) {
        return bus.ask(Sessions.RECENTLY_ENDED, new Recent(lifetime))
                .onSuccess(this::renew)
                .onComplete(done -> vertx.setTimer((known ? REFRESH : RETRY).toMillis(), timer -> refresh(vertx, bus)))
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }

    private void renew(Ended ended) {
        long now = System.nanoTime();
        notedAt.values().removeIf(noted -> now - noted > lifetime.toNanos());
        note(ended);
        known = true;
    }
}
