package io.parley.users.oidc;

import io.parley.contracts.users.EmailVerification;
import io.parley.contracts.users.Oidc.Outcome;
import io.parley.contracts.users.RegistrationMode;
import io.parley.contracts.users.Users.Client;
import io.parley.kernel.None;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.users.limits.RegistrationLimit;
import io.parley.users.limits.SignInLimit;
import io.parley.users.links.RequestedMails;
import io.parley.users.mail.MailKind;
import io.parley.users.oidc.IdentityStore.Owner;
import io.parley.users.profile.Account;
import io.parley.users.profile.UserStore;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Admits identities that are linked to no account. If anybody may register, they get a new one. If an account has their e-mail address,
 * it is returned but not linked: its owner must confirm that first, because not every provider verifies addresses.
 */
final class Newcomers {
    private final RegistrationMode mode;
    private final EmailVerification verification;
    private final IdentityStore store;
    private final UserStore users;
    private final RegistrationLimit registrations;
    private final SignInLimit signIns;
    private final RequestedMails mails;

    /**
     * Exactly one of the three is there.
     *
     * @param owner of a new account, or of one that was made at this moment
     * @param existing the account with the same e-mail address
     */
    record Admission(
            @Nullable Owner owner,
            @Nullable UUID existing,
            @Nullable Outcome refusal) {
        static Admission of(Owner owner) {
            return new Admission(owner, null, null);
        }

        static Admission existing(Account account) {
            return new Admission(null, account.user().id(), null);
        }

        static Admission refused(Outcome refusal) {
            return new Admission(null, null, refusal);
        }
    }

    Newcomers(
            RegistrationMode mode,
            EmailVerification verification,
            IdentityStore store,
            UserStore users,
            RegistrationLimit registrations,
            SignInLimit signIns,
            RequestedMails mails) {
        this.mode = mode;
        this.verification = verification;
        this.store = store;
        this.users = users;
        this.registrations = registrations;
        this.signIns = signIns;
        this.mails = mails;
    }

    /** Fails as limited if too many accounts were created or looked up from the address of the client. */
    Future<Admission> admit(ForeignIdentity identity, boolean trustsEmail, Client client) {
        var email = identity.email();
        if (email == null) return Future.succeededFuture(Admission.refused(Outcome.EMAIL_MISSING));
        return registrations.attempt(
                client,
                () -> users.findByEmail(email)
                        .compose(found -> found.isPresent()
                                ? found(identity, email)
                                : register(identity, email, trustsEmail && identity.isVerified(), client)));
    }

    private Future<Admission> register(ForeignIdentity identity, String email, boolean isVerified, Client client) {
        if (mode != RegistrationMode.OPEN)
            return Future.succeededFuture(Admission.refused(Outcome.REGISTRATION_CLOSED));
        return store.register(identity, email, isVerified, client)
                .compose(
                        owner -> welcome(owner, email, isVerified, client).map(Admission.of(owner)),
                        failure -> failure instanceof Problem problem && problem.kind() == Kind.CONFLICT
                                ? found(identity, email)
                                : Future.failedFuture(failure));
    }

    private Future<?> welcome(Owner owner, String email, boolean isVerified, Client client) {
        return signIns.remember(client, email).compose(remembered -> askToVerify(owner, email, isVerified, client));
    }

    // The account is there already, so too many mails are no reason to refuse.
    private Future<?> askToVerify(Owner owner, String email, boolean isVerified, Client client) {
        if (isVerified || verification == EmailVerification.OFF) return Future.succeededFuture();
        return mails.request(MailKind.REGISTRATION, email, owner.userId(), client)
                .otherwise(None.NONE);
    }

    // Another sign-in, perhaps with the same identity, may have created the account since the identity was looked up.
    private Future<Admission> found(ForeignIdentity identity, String email) {
        return store.owners(identity)
                .compose(owners -> owners.isEmpty()
                        ? users.findByEmail(email).map(Newcomers::existing)
                        : Future.succeededFuture(Admission.of(owners.get(0))));
    }

    private static Admission existing(Optional<Account> found) {
        return found.map(Admission::existing).orElseGet(() -> Admission.refused(Outcome.PROVIDER_ERROR));
    }
}
