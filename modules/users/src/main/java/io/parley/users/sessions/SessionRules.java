package io.parley.users.sessions;

import io.parley.contracts.users.Session;
import io.parley.contracts.users.Sessions;
import io.parley.contracts.users.Users.Client;
import io.parley.contracts.users.Users.SignedIn;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Page;
import io.parley.kernel.Problem;
import io.parley.users.profile.Account;
import io.parley.users.profile.UserStore;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** The rules of sessions: how one is opened, kept up by rotation, and ended. */
public final class SessionRules {
    private final SessionStore sessions;
    private final UserStore users;
    private final Bus bus;

    public SessionRules(SessionStore sessions, UserStore users, Bus bus) {
        this.sessions = sessions;
        this.users = users;
        this.bus = bus;
    }

    /** Fails unauthenticated where the account has changed since it was verified. */
    public Future<SignedIn> open(Account account, Client client) {
        var token = RefreshToken.create();
        return sessions.insert(account, token, client)
                .map(opened -> opened.orElseThrow(() -> Problem.unauthenticated("The account has just changed.")))
                .map(opened -> new SignedIn(account.user(), opened.familyId(), token.token()));
    }

    public Future<SignedIn> refresh(Sessions.Refresh command) {
        var spent = RefreshToken.of(command.refreshToken());
        var next = RefreshToken.create();
        return sessions.rotate(spent, next, command.client())
                .compose(rotated ->
                        rotated.map(session -> signedIn(session, next)).orElseGet(() -> refuse(spent)));
    }

    public Future<Sessions.Ended> logout(Sessions.Logout command) {
        return sessions.endByToken(RefreshToken.of(command.refreshToken())).map(this::told);
    }

    public Future<Page<Session>> list(Sessions.ListLive query) {
        return sessions.list(query).map(live -> new Page<>(live, null));
    }

    public Future<Sessions.Ended> end(Sessions.End command) {
        return sessions.endOne(command).map(this::told);
    }

    /** Ends also what a login with the old password opened while the change of it was under way. */
    public Future<Sessions.Ended> endLate(Caller caller, UUID kept, Sessions.Ended before) {
        return sessions.endOthers(caller, kept)
                .map(this::told)
                .map(late -> new Sessions.Ended(Stream.concat(before.ids().stream(), late.ids().stream())
                        .toList()));
    }

    public Future<Sessions.Ended> recentlyEnded(Sessions.Recent query) {
        return sessions.endedWithin(query.within()).map(Sessions.Ended::new);
    }

    public void forget() {
        sessions.forgetExpired();
    }

    /** Tells every gateway of sessions that have ended. */
    public Sessions.Ended told(List<UUID> ids) {
        var ended = new Sessions.Ended(ids);
        if (!ids.isEmpty()) bus.publish(Sessions.ENDED, ended);
        return ended;
    }

    private Future<SignedIn> signedIn(SessionStore.Opened session, RefreshToken token) {
        return users.findById(session.userId())
                .map(Optional::orElseThrow)
                .map(user -> new SignedIn(user, session.familyId(), token.token()));
    }

    // Whoever comes with a spent token, the thief or the robbed, the session is in two hands (RFC 9700, 4.14.2).
    private Future<SignedIn> refuse(RefreshToken token) {
        return sessions.endByToken(token)
                .map(this::told)
                .compose(ended ->
                        Future.failedFuture(Problem.unauthenticated("The refresh token is not good any more.")));
    }
}
