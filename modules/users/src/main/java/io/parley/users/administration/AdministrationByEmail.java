package io.parley.users.administration;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.users.Sessions;
import io.parley.contracts.users.administration.AdministeredUser;
import io.parley.contracts.users.administration.Administration;
import io.parley.contracts.users.administration.Administration.AccountPatch;
import io.parley.contracts.users.administration.Administration.Changed;
import io.parley.kernel.Caller.Role;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import io.parley.kernel.Patch;
import io.parley.kernel.Problem;
import io.parley.kernel.Versions;
import io.parley.storage.Database;
import io.vertx.core.Future;

/** What the operator does at the command line with accounts, which are named by their e-mail addresses. No administrator is asked. */
public final class AdministrationByEmail {
    // One page is enough for the command line: nobody has a thousand administrators.
    private static final PageRequest ALL_ADMINS = new PageRequest(null, 1_000, PageRequest.Order.ASC);

    private final AdministrationStore store;
    private final AdministrationRules rules;

    public AdministrationByEmail(Database database, AdministrationRules rules) {
        this.store = new AdministrationStore(database);
        this.rules = rules;
    }

    public Future<Changed> grant(Administration.Grant command) {
        return findByEmail(command.email()).compose(user -> {
            if (!user.isActive()) throw Problem.conflict("", "The account is deactivated. Activate it first.");
            return changeRole(user, Role.ADMIN);
        });
    }

    public Future<Changed> revoke(Administration.Revoke command) {
        return findByEmail(command.email()).compose(user -> changeRole(user, Role.USER));
    }

    private Future<Changed> changeRole(AdministeredUser user, Role role) {
        return user.role() == role
                ? Future.succeededFuture(new Changed(user, AdministrationRules.NO_SESSIONS))
                : rules.update(
                        null, user.id(), Versions.ANY, new AccountPatch(Patch.to(role), Patch.absent()), Origin.LOCAL);
    }

    public Future<Sessions.Ended> resetFactors(Administration.ResetFactorsByEmail command) {
        return findByEmail(command.email()).compose(user -> rules.resetFactors(null, user.id(), Origin.LOCAL));
    }

    public Future<Page<AdministeredUser>> listAdmins(Administration.ListAdmins query) {
        return store.listAdmins(ALL_ADMINS);
    }

    public Future<AdministeredUser> findByEmail(Administration.FindByEmail query) {
        return findByEmail(query.email());
    }

    private Future<AdministeredUser> findByEmail(String email) {
        return store.findByEmail(email).map(found -> found.orElseThrow(() -> Problem.notFound("user")));
    }
}
