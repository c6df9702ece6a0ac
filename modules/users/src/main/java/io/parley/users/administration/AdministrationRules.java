package io.parley.users.administration;

import io.parley.contracts.Statistics;
import io.parley.contracts.audit.Origin;
import io.parley.contracts.users.Sessions;
import io.parley.contracts.users.administration.AdministeredUser;
import io.parley.contracts.users.administration.Administration;
import io.parley.contracts.users.administration.Administration.AccountPatch;
import io.parley.contracts.users.administration.Administration.Changed;
import io.parley.kernel.Caller;
import io.parley.kernel.Page;
import io.parley.kernel.Problem;
import io.parley.kernel.Versions;
import io.parley.storage.Database;
import io.parley.storage.TableFigures;
import io.parley.storage.TableFigures.State;
import io.parley.users.profile.LastAdminRule;
import io.parley.users.profile.UserStore;
import io.parley.users.sessions.SessionRules;
import io.parley.users.tokens.GrantRules;
import io.parley.users.tokens.TokenRules;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What administrators do with accounts. Only they may, and the last one stays. */
public final class AdministrationRules {
    static final Sessions.Ended NO_SESSIONS = new Sessions.Ended(List.of());
    private static final UUID NO_KEPT_SESSION = new UUID(0, 0);

    private static final List<String> SIDE_TABLES = List.of(
            "sessions",
            "ended_sessions",
            "api_keys",
            "personal_tokens",
            "oauth_grants",
            "oauth_tokens",
            "second_factors",
            "login_challenges",
            "passkeys");
    private static final List<State> STATES = List.of(
            new State("admin", "role = 'admin' AND is_active"),
            new State("user", "role = 'user' AND is_active"),
            new State("deactivated", "NOT is_active"));

    private final AdministrationStore store;
    private final SignInStore signIns;
    private final FactorResetStore factors;
    private final TableFigures figures;
    private final UserStore users;
    private final SessionRules sessions;
    private final TokenRules tokens;
    private final GrantRules grants;

    public AdministrationRules(
            Database database, UserStore users, SessionRules sessions, TokenRules tokens, GrantRules grants) {
        this.store = new AdministrationStore(database);
        this.signIns = new SignInStore(database);
        this.factors = new FactorResetStore(database);
        this.figures = new TableFigures(database, "users", SIDE_TABLES, STATES);
        this.users = users;
        this.sessions = sessions;
        this.tokens = tokens;
        this.grants = grants;
    }

    public Future<Page<AdministeredUser>> list(Administration.ListUsers query) {
        query.caller().requireAdmin();
        return store.list(query)
                .compose(page ->
                        page.items().isEmpty() ? requireAdmin(query.caller()).map(page) : Future.succeededFuture(page))
                .compose(signIns::addTo);
    }

    public Future<AdministeredUser> find(Administration.Find query) {
        query.caller().requireAdmin();
        return store.find(query)
                .compose(found -> found.map(signIns::addTo)
                        .orElseGet(() -> requireAdmin(query.caller())
                                .compose(admin -> Future.failedFuture(Problem.notFound("user")))));
    }

    public Future<Changed> update(Administration.Update command) {
        command.caller().requireAdmin();
        return update(command.caller(), command.id(), command.versions(), command.patch(), command.origin())
                .compose(changed -> signIns.addTo(changed.user()).map(user -> new Changed(user, changed.ended())));
    }

    public Future<Sessions.Ended> delete(Administration.Delete command) {
        command.caller().requireAdmin();
        return store.delete(command)
                .compose(ended -> ended.map(Future::succeededFuture)
                        .orElseGet(() -> refuse(command.caller(), command.id(), command.versions())))
                .map(sessions::announceEnded);
    }

    public Future<Sessions.Ended> resetFactors(Administration.ResetFactors command) {
        command.caller().requireAdmin();
        return resetFactors(command.caller(), command.id(), command.origin());
    }

    /** @param caller null if it is the operator */
    Future<Sessions.Ended> resetFactors(@Nullable Caller caller, UUID id, Origin origin) {
        return factors.run(caller, id, origin)
                .compose(ended -> ended.map(Future::succeededFuture)
                        .orElseGet(() -> (caller == null ? Future.succeededFuture() : requireAdmin(caller))
                                .compose(admin -> Future.failedFuture(Problem.notFound("user")))))
                .map(sessions::announceEnded);
    }

    public Future<Statistics.Figures> figures(Statistics.Query query) {
        return requireAdmin(query.caller()).compose(admin -> figures.find(query));
    }

    /** @param caller null if it is the operator */
    Future<Changed> update(@Nullable Caller caller, UUID id, Versions versions, AccountPatch patch, Origin origin) {
        return store.update(caller, id, versions, patch, origin)
                .compose(updated -> updated.map(Future::succeededFuture).orElseGet(() -> refuse(caller, id, versions)))
                .compose(this::endSessions);
    }

    private Future<Changed> endSessions(AdministrationStore.Updated updated) {
        var user = updated.user();
        if (!updated.ends()) return Future.succeededFuture(new Changed(user, NO_SESSIONS));
        var ended = sessions.announceEnded(updated.ended());
        return sessions.endOpenedMeanwhile(new Caller(user.id(), user.role()), NO_KEPT_SESSION, ended)
                .compose(all -> user.isActive() ? Future.succeededFuture(all) : endTokens(user, all))
                .map(all -> new Changed(user, all));
    }

    private Future<Sessions.Ended> endTokens(AdministeredUser user, Sessions.Ended ended) {
        return tokens.revokeAll(user.id())
                .map(ended::and)
                .compose(all -> grants.endAll(user.id()).map(all::and));
    }

    // Finds the reason why a statement changed no row.
    private <T> Future<T> refuse(@Nullable Caller caller, UUID id, Versions versions) {
        return (caller == null ? Future.succeededFuture() : requireAdmin(caller))
                .compose(admin -> users.findById(id))
                .map(found -> found.orElseThrow(() -> Problem.notFound("user")))
                .compose(user -> Future.failedFuture(LastAdminRule.problem(user, versions)));
    }

    /** Fails forbidden. The role in the access token may be out of date. */
    public Future<Void> requireAdmin(Caller caller) {
        caller.requireAdmin();
        return store.isAdmin(caller)
                .compose(admin -> admin ? Future.succeededFuture() : Future.failedFuture(Problem.adminsOnly()));
    }
}
