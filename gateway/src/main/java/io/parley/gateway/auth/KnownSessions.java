package io.parley.gateway.auth;

import io.parley.contracts.users.Sessions;
import io.parley.contracts.users.Users.SignedIn;
import io.parley.gateway.contract.Identity;
import io.parley.kernel.Bus;
import io.vertx.core.Future;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sessions that this process has seen to exist. The first token of any other session makes the users module look it up, so that a
 * token of a session that never existed is refused, even if somebody has the signing key. Sessions that end are the part of {@link
 * EndedSessions}.
 */
final class KnownSessions {
    // Each of the two sets takes about 8 MB if it is full. A session that was not used while one set filled up is
    // looked up again.
    private static final int MAX_PER_SET = 50_000;

    private final Bus bus;
    private volatile Set<Key> recent = ConcurrentHashMap.newKeySet();
    private volatile Set<Key> older = Set.of();

    private record Key(UUID userId, UUID sessionId) {}

    KnownSessions(Bus bus) {
        this.bus = bus;
    }

    void add(SignedIn signedIn) {
        add(new Key(signedIn.user().id(), signedIn.sessionId()));
    }

    /** Fails with a 401 if the user has no such session. */
    Future<Identity> require(Identity identity) {
        var key = new Key(identity.caller().userId(), identity.sessionId());
        if (recent.contains(key)) return Future.succeededFuture(identity);
        return (older.contains(key) ? Future.succeededFuture() : lookUp(identity)).map(found -> {
            add(key);
            return identity;
        });
    }

    private Future<?> lookUp(Identity identity) {
        return bus.ask(Sessions.CHECK, new Sessions.Check(identity.caller(), identity.sessionId()))
                .recover(Claims::refuseUnknown);
    }

    private void add(Key key) {
        if (recent.size() >= MAX_PER_SET) makeRoom();
        recent.add(key);
    }

    private synchronized void makeRoom() {
        if (recent.size() < MAX_PER_SET) return;
        older = recent;
        recent = ConcurrentHashMap.newKeySet();
    }
}
