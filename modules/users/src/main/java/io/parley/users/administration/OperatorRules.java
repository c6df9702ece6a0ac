package io.parley.users.administration;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.audit.SecurityEvent;
import io.parley.contracts.audit.SecurityEventType;
import io.parley.contracts.users.User;
import io.parley.contracts.users.administration.Administration.CreateAdministrator;
import io.parley.contracts.users.administration.Administration.CreateResetLink;
import io.parley.contracts.users.administration.Administration.Link;
import io.parley.kernel.Problem;
import io.parley.storage.Database;
import io.parley.users.links.LinkPurpose;
import io.parley.users.links.LinkStore;
import io.parley.users.profile.Account;
import io.parley.users.profile.UserStore;
import io.vertx.core.Future;
import java.util.List;

/** What only the operator does, at the command line: ways into accounts for people to whom no mail gets. */
public final class OperatorRules {
    private final OperatorStore store;
    private final LinkStore links;
    private final UserStore users;

    public OperatorRules(Database database, UserStore users) {
        this.store = new OperatorStore(database);
        this.links = new LinkStore(database);
        this.users = users;
    }

    public Future<Link> createAdministrator(CreateAdministrator command) {
        return store.insertAdministrator(command.email()).compose(user -> link(user, command.publicUrl()));
    }

    public Future<Link> createResetLink(CreateResetLink command) {
        return users.findByEmail(command.email())
                .map(found -> found.map(Account::user).orElseThrow(() -> Problem.notFound("user")))
                .compose(user -> user.isActive()
                        ? link(user, command.publicUrl())
                        : Future.failedFuture(Problem.conflict("", "The account is deactivated. Activate it first.")));
    }

    // Not mailed, so using it says nothing about the address.
    private Future<Link> link(User user, String publicUrl) {
        var event = SecurityEvent.about(SecurityEventType.PASSWORD_RESET_REQUESTED, user.id(), null, Origin.LOCAL);
        return links.issue(user.id(), LinkPurpose.PASSWORD_RESET, null, List.of(event))
                .map(token -> new Link(user.email(), LinkPurpose.PASSWORD_RESET.link(publicUrl, token)));
    }
}
