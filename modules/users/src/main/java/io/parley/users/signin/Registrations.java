package io.parley.users.signin;

import io.parley.contracts.users.EmailVerification;
import io.parley.contracts.users.Users;
import io.parley.contracts.users.Users.Client;
import io.parley.contracts.users.Users.Registration;
import io.parley.contracts.users.Users.SignedIn;
import io.parley.kernel.Ids;
import io.parley.kernel.None;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.limits.ClientNetwork;
import io.parley.storage.Database;
import io.parley.users.invitations.InvitedRegistrations;
import io.parley.users.limits.RegistrationLimit;
import io.parley.users.limits.SignInLimit;
import io.parley.users.links.RequestedMails;
import io.parley.users.mail.MailKind;
import io.parley.users.profile.Account;
import io.parley.users.profile.Emails;
import io.parley.users.sessions.SessionRules;
import io.vertx.core.Future;
import java.util.UUID;

/** The rules of registration. */
public final class Registrations {
    private final EmailVerification verification;
    private final PasswordStore store;
    private final PasswordHasher hasher;
    private final PasswordRules passwords;
    private final SessionRules sessions;
    private final InvitedRegistrations invited;
    private final RegistrationLimit registrations;
    private final SignInLimit signIns;
    private final RequestedMails mails;
    private final EvenTime evenTime;

    public Registrations(
            EmailVerification verification,
            Database database,
            PasswordHasher hasher,
            PasswordRules passwords,
            SessionRules sessions,
            InvitedRegistrations invited,
            RegistrationLimit registrations,
            SignInLimit signIns,
            RequestedMails mails,
            EvenTime evenTime) {
        this.verification = verification;
        this.store = new PasswordStore(database);
        this.hasher = hasher;
        this.passwords = passwords;
        this.sessions = sessions;
        this.invited = invited;
        this.registrations = registrations;
        this.signIns = signIns;
        this.mails = mails;
        this.evenTime = evenTime;
    }

    public Future<SignedIn> register(Users.Register command) {
        if (verification == EmailVerification.REQUIRED)
            throw Problem.registrationRefused("Registration needs an e-mail address that is confirmed.");
        var registration = command.registration();
        var client = command.client();
        check(registration);
        return registrations
                .attempt(client, () -> create(registration, client))
                .compose(account -> signIns.remember(client, account.user().email())
                        .compose(remembered -> askToVerify(account, client))
                        .compose(asked -> sessions.open(account, client, "registration")));
    }

    private void check(Registration registration) {
        invited.check(registration);
        passwords.check("/password", registration.password(), registration.email(), registration.name());
    }

    private Future<Account> create(Registration registration, Client client) {
        return invited.permit(
                registration,
                role -> hasher.hash(registration.password(), ClientNetwork.of(client.ip()))
                        .compose(hash -> store.insert(registration, role, hash, client)));
    }

    // The account is there already, so too many mails are no reason to refuse.
    private Future<?> askToVerify(Account account, Client client) {
        if (verification == EmailVerification.OFF) return Future.succeededFuture();
        return mails.request(
                        MailKind.REGISTRATION,
                        account.user().email(),
                        account.user().id(),
                        client)
                .otherwise(None.NONE);
    }

    /**
     * Registration if addresses have to be verified. Neither its result nor its time reveals whether there was an account. Only
     * the mail to the address does.
     */
    public Future<None> registerUnverified(Users.Register command) {
        var registration = command.registration();
        var client = command.client();
        var email = Emails.normalized(registration.email());
        check(registration);
        return registrations.attempt(
                client,
                () -> mails.permit(MailKind.REGISTRATION, email, client)
                        .compose(permitted -> hasher.hash(registration.password(), ClientNetwork.of(client.ip()))
                                .compose(hash -> evenTime.of(() -> createIfNew(registration, hash, client)
                                        .compose(id -> permitted
                                                ? mails.send(MailKind.REGISTRATION, email, id, client)
                                                : Future.succeededFuture()))))
                        .map(None.NONE));
    }

    // The id of the new account, or an id of nobody's. An invitation is used up in both cases: if it were still good,
    // that would say that
    // there was an account.
    private Future<UUID> createIfNew(Registration registration, String hash, Client client) {
        return invited.permit(
                registration,
                role -> store.insert(registration, role, hash, client)
                        .map(account -> account.user().id())
                        .recover(failure -> failure instanceof Problem problem && problem.kind() == Kind.CONFLICT
                                ? Future.succeededFuture(Ids.next())
                                : Future.failedFuture(failure)));
    }
}
