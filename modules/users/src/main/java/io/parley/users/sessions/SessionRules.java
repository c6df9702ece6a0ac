package io.parley.users.sessions;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.audit.SecurityEvent;
import io.parley.contracts.audit.SecurityEventType;
import io.parley.contracts.users.Session;
import io.parley.contracts.users.Sessions;
import io.parley.contracts.users.Users.Client;
import io.parley.contracts.users.Users.SignedIn;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.None;
import io.parley.kernel.Page;
import io.parley.kernel.Problem;
import io.parley.users.profile.Account;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;

/** The rules of sessions: opening and ending. */
public final class SessionRules {
    private final SessionStore store;
    private final Bus bus;

    public SessionRules(SessionStore store, Bus bus) {
        this.store = store;
        this.bus = bus;
    }

    /**
     * Fails unauthenticated if the password or the activation has changed since the account was read.
     *
     * @param method how the user has signed in, for the security event
     */
    public Future<SignedIn> open(Account account, Client client, String method) {
        var token = RefreshToken.create(account.user().id());
        return store.insert(account, token, client, method)
                .map(opened -> opened.orElseThrow(
                        () -> Problem.unauthenticated("The account was changed during the sign-in. Sign in again.")))
                .map(opened -> new SignedIn(account.user(), opened.familyId(), token.token()));
    }

    public Future<Page<Session>> list(Sessions.ListLive query) {
        return store.list(query).map(live -> new Page<>(live, null));
    }

    public Future<None> check(Sessions.Check query) {
        return store.isLive(query)
                .compose(live -> live
                        ? Future.succeededFuture(None.NONE)
                        : Future.failedFuture(Problem.unauthenticated("There is no such session.")));
    }

    public Future<Sessions.Ended> logout(Sessions.Logout command) {
        var token = RefreshToken.of(command.refreshToken());
        return store.findUser(token)
                .compose(user -> user.map(id -> store.endByToken(id, token, ended(id, command.client())))
                        .orElseGet(() -> Future.succeededFuture(List.of())))
                .map(this::announceEnded);
    }

    private static SecurityEvent ended(UUID userId, Client client) {
        return SecurityEvent.own(SecurityEventType.SESSION_ENDED, userId, Origin.of(client));
    }

    public Future<Sessions.Ended> end(Sessions.End command) {
        return store.endOne(command).map(this::announceEnded);
    }

    /**
     * Ends every session but one. Call it after a change of the password, the role or the activation, because a login that
     * ran at the same time may have opened a session that the change did not see.
     *
     * @param before the sessions that the change itself ended; they are part of the result
     */
    public Future<Sessions.Ended> endOpenedMeanwhile(Caller caller, UUID keptSession, Sessions.Ended before) {
        return store.endOthers(caller, keptSession).map(this::announceEnded).map(before::and);
    }

    /** Notifies every gateway that these sessions have ended. */
    public Sessions.Ended announceEnded(List<UUID> ids) {
        var ended = new Sessions.Ended(ids);
        if (!ids.isEmpty()) bus.publish(Sessions.ENDED, ended);
        return ended;
    }
}
