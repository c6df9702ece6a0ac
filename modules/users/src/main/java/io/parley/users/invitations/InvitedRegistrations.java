package io.parley.users.invitations;

import io.parley.contracts.users.RegistrationMode;
import io.parley.contracts.users.Users.Registration;
import io.parley.kernel.Caller.Role;
import io.parley.kernel.Problem;
import io.parley.kernel.Secret;
import io.parley.storage.Database;
import io.parley.users.links.LinkToken;
import io.parley.users.profile.Emails;
import io.vertx.core.Future;
import java.util.function.Function;

/** Who may register, and in which role. */
public final class InvitedRegistrations {
    private final InvitationStore store;
    private final RegistrationMode mode;

    public InvitedRegistrations(Database database, RegistrationMode mode) {
        this.store = new InvitationStore(database);
        this.mode = mode;
    }

    public RegistrationMode mode() {
        return mode;
    }

    /** Fails forbidden, without work, if the mode does not permit the registration. */
    public void check(Registration registration) {
        if (mode == RegistrationMode.CLOSED) throw Problem.registrationRefused("Registration is closed.");
        if (mode == RegistrationMode.INVITE && registration.invitation() == null)
            throw Problem.registrationRefused("Registration needs an invitation.");
    }

    /**
     * Uses the invitation up, if there is one, and gives it back if the registration fails. Should the server die in between,
     * it is lost and an administrator makes another one: an invitation that works twice would be worse.
     */
    public <T> Future<T> permit(Registration registration, Function<Role, Future<T>> create) {
        return registration.invitation() == null
                ? create.apply(Role.USER)
                : use(registration.invitation(), registration.email(), create);
    }

    private <T> Future<T> use(Secret token, String email, Function<Role, Future<T>> create) {
        return store.use(LinkToken.of(token), Emails.normalized(email))
                .map(
                        found -> found.orElseThrow(
                                () -> Problem.registrationRefused(
                                        "The invitation does not exist, has expired, has been used, or is for another e-mail address.")))
                .compose(invitation -> create.apply(invitation.role())
                        .recover(failure ->
                                store.giveBack(invitation.id()).transform(given -> Future.failedFuture(failure))));
    }
}
