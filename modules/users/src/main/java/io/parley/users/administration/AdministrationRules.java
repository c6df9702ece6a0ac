package io.parley.users.administration;

import io.parley.contracts.Statistics;
import io.parley.contracts.users.Administration;
import io.parley.contracts.users.Administration.AccountPatch;
import io.parley.contracts.users.Administration.Changed;
import io.parley.contracts.users.Sessions;
import io.parley.contracts.users.User;
import io.parley.kernel.Caller;
import io.parley.kernel.Caller.Role;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import io.parley.kernel.Patch;
import io.parley.kernel.Problem;
import io.parley.kernel.Versions;
import io.parley.users.profile.UserStore;
import io.parley.users.sessions.SessionRules;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rules of administration: who may do it, and that somebody always can. */
public final class AdministrationRules {
    private static final PageRequest ALL_ADMINS = new PageRequest(null, 1_000, PageRequest.Order.ASC);
    private static final UUID NO_SESSION = new UUID(0, 0);

    private final AdministrationStore store;
    private final UserStore users;
    private final SessionRules sessions;

    public AdministrationRules(AdministrationStore store, UserStore users, SessionRules sessions) {
        this.store = store;
        this.users = users;
        this.sessions = sessions;
    }

    public Future<Page<User>> list(Administration.ListUsers query) {
        query.caller().requireAdmin();
        return store.list(query)
                .compose(page ->
                        page.items().isEmpty() ? requireAdmin(query.caller()).map(page) : Future.succeededFuture(page));
    }

    public Future<User> find(Administration.Find query) {
        query.caller().requireAdmin();
        return store.find(query)
                .compose(found -> found.map(Future::succeededFuture)
                        .orElseGet(() -> requireAdmin(query.caller())
                                .compose(admin -> Future.failedFuture(Problem.notFound("user")))));
    }

    public Future<Changed> update(Administration.Update command) {
        command.caller().requireAdmin();
        return update(command.caller(), command.id(), command.versions(), command.patch());
    }

    public Future<Sessions.Ended> delete(Administration.Delete command) {
        command.caller().requireAdmin();
        return store.delete(command)
                .compose(gone -> gone.map(Future::succeededFuture)
                        .orElseGet(() -> refused(command.caller(), command.id(), command.versions())))
                .map(sessions::told);
    }

    public Future<Statistics.Figures> figures(Statistics.Query query) {
        query.caller().requireAdmin();
        return store.figures(query.caller()).map(figures -> figures.orElseThrow(Problem::adminsOnly));
    }

    public Future<Changed> grant(Administration.Grant command) {
        return named(command.email()).compose(user -> {
            if (!user.isActive()) throw Problem.conflict("", "The account is deactivated.");
            return become(user, Role.ADMIN);
        });
    }

    public Future<Changed> revoke(Administration.Revoke command) {
        return named(command.email()).compose(user -> become(user, Role.USER));
    }

    public Future<Page<User>> listAdmins(Administration.ListAdmins query) {
        return store.listAdmins(ALL_ADMINS);
    }

    public Future<User> findByEmail(Administration.FindByEmail query) {
        return named(query.email());
    }

    private Future<User> named(String email) {
        return users.findByEmail(email)
                .map(found -> found.orElseThrow(() -> Problem.notFound("user")).user());
    }

    private Future<Changed> become(User user, Role role) {
        return user.role() == role
                ? Future.succeededFuture(new Changed(user, new Sessions.Ended(List.of())))
                : update(null, user.id(), Versions.ANY, new AccountPatch(Patch.to(role), Patch.absent()));
    }

    private Future<Changed> update(@Nullable Caller caller, UUID id, Versions versions, AccountPatch patch) {
        return store.update(caller, id, versions, patch)
                .compose(updated -> updated.map(Future::succeededFuture).orElseGet(() -> refused(caller, id, versions)))
                .compose(this::ended);
    }

    // A login that was under way may have opened a session that the change did not see yet.
    private Future<Changed> ended(AdministrationStore.Updated updated) {
        var user = updated.user();
        if (updated.ended() == null) return Future.succeededFuture(new Changed(user, new Sessions.Ended(List.of())));
        return sessions.endLate(new Caller(user.id(), user.role()), NO_SESSION, sessions.told(updated.ended()))
                .map(ended -> new Changed(user, ended));
    }

    private <T> Future<T> refused(@Nullable Caller caller, UUID id, Versions versions) {
        return (caller == null ? Future.succeededFuture() : requireAdmin(caller))
                .compose(allowed -> users.findById(id))
                .map(found -> found.orElseThrow(() -> Problem.notFound("user")))
                .compose(user -> Future.failedFuture(LastAdminRule.problem(user, versions)));
    }

    private Future<Void> requireAdmin(Caller caller) {
        return store.isAdmin(caller)
                .compose(admin -> admin ? Future.succeededFuture() : Future.failedFuture(Problem.adminsOnly()));
    }
}
