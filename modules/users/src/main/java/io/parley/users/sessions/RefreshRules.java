package io.parley.users.sessions;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.audit.SecurityEvent;
import io.parley.contracts.audit.SecurityEventType;
import io.parley.contracts.users.Sessions;
import io.parley.contracts.users.Users.Client;
import io.parley.contracts.users.Users.SignedIn;
import io.parley.kernel.Problem;
import io.parley.kernel.crypto.DerivedKey;
import io.parley.users.profile.UserStore;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * The rules of refreshing: each refresh token is exchanged once for its successor. For a moment the token that was spent last
 * is answered with the same successor, because two tabs of one browser that refresh at once would otherwise sign each other
 * out. The models are the reuse intervals of Supabase and Auth0.
 */
public final class RefreshRules {
    private final RotationStore rotations;
    private final SessionStore store;
    private final SessionRules sessions;
    private final UserStore users;
    private final DerivedKey successorKey;
    private final Duration grace;

    public RefreshRules(
            RotationStore rotations,
            SessionStore store,
            SessionRules sessions,
            UserStore users,
            SessionSettings settings) {
        this.rotations = rotations;
        this.store = store;
        this.sessions = sessions;
        this.users = users;
        this.successorKey = new DerivedKey(settings.signingKey(), "parley: successors of refresh tokens");
        this.grace = settings.refreshGrace();
    }

    public Future<SignedIn> refresh(Sessions.Refresh command) {
        var used = RefreshToken.of(command.refreshToken());
        return store.findUser(used)
                .compose(user -> user.map(id -> refresh(id, used, command.client()))
                        .orElseGet(() -> Future.failedFuture(refused())));
    }

    private Future<SignedIn> refresh(UUID userId, RefreshToken used, Client client) {
        var next = used.successor(userId, successorKey);
        return rotations
                .rotate(userId, used, next, client, grace)
                .compose(rotated -> rotated.isPresent()
                        ? Future.succeededFuture(rotated)
                        : rotations.findRepeated(userId, used, next))
                .compose(session ->
                        session.map(found -> signedIn(found, next)).orElseGet(() -> refuse(userId, used, client)));
    }

    private Future<SignedIn> signedIn(Opened session, RefreshToken token) {
        return users.findById(session.userId())
                .map(Optional::orElseThrow)
                .map(user -> new SignedIn(user, session.familyId(), token.token()));
    }

    // A token that comes twice is in two hands. Which of them is the thief's is unknown, so the session ends for both
    // (RFC 9700, 4.14.2).
    private Future<SignedIn> refuse(UUID userId, RefreshToken used, Client client) {
        return store.endByToken(
                        userId,
                        used,
                        SecurityEvent.about(SecurityEventType.SESSION_REUSED, userId, null, Origin.of(client)))
                .map(sessions::announceEnded)
                .compose(ended -> Future.failedFuture(refused()));
    }

    private static Problem refused() {
        return Problem.unauthenticated("The refresh token has expired or was already used.");
    }
}
