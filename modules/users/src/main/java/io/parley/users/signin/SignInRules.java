package io.parley.users.signin;

import io.parley.contracts.users.SecondFactors.Method;
import io.parley.contracts.users.Sessions;
import io.parley.contracts.users.Users;
import io.parley.contracts.users.Users.Client;
import io.parley.contracts.users.Users.LoggedIn;
import io.parley.kernel.Problem;
import io.parley.kernel.Secret;
import io.parley.kernel.limits.ClientNetwork;
import io.parley.storage.Database;
import io.parley.users.limits.SignInLimit;
import io.parley.users.profile.Account;
import io.parley.users.profile.Emails;
import io.parley.users.profile.UserStore;
import io.parley.users.sessions.SessionRules;
import io.parley.users.sessions.SignInTimes;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** The rules of login and passwords. */
public final class SignInRules {
    private final UserStore users;
    private final PasswordStore store;
    private final PasswordHasher hasher;
    private final PasswordRules passwords;
    private final CurrentPassword currentPassword;
    private final SessionRules sessions;
    private final SignInTimes signIns;
    private final VerifiedAddress verified;
    private final SignInLimit limit;
    private final SignInFailures failures;
    private final SecondFactorGate secondFactors;

    public SignInRules(
            Database database,
            UserStore users,
            PasswordHasher hasher,
            PasswordRules passwords,
            SessionRules sessions,
            SignInTimes signIns,
            VerifiedAddress verified,
            SignInLimit limit,
            SignInFailures failures,
            SecondFactorGate secondFactors) {
        this.users = users;
        this.store = new PasswordStore(database);
        this.hasher = hasher;
        this.passwords = passwords;
        this.currentPassword = new CurrentPassword(hasher, limit, failures);
        this.sessions = sessions;
        this.signIns = signIns;
        this.verified = verified;
        this.limit = limit;
        this.failures = failures;
        this.secondFactors = secondFactors;
    }

    /** An account whose password was right, and which second factors it asks for. */
    private record Passed(Account account, List<Method> methods) {
        boolean isEnough() {
            return methods.isEmpty();
        }
    }

    public Future<LoggedIn> login(Users.Login command) {
        var credentials = command.credentials();
        return limit.attempt(
                        command.client(),
                        Emails.normalized(credentials.email()),
                        () -> find(credentials, command.client()).compose(this::withMethods),
                        Passed::isEnough)
                .map(found -> found.orElseThrow(SignInRules::refusal))
                .compose(passed -> proceed(passed, credentials, command.client()));
    }

    private Future<Optional<Passed>> withMethods(Optional<Account> found) {
        return found.map(account ->
                        secondFactors.methods(account).map(methods -> Optional.of(new Passed(account, methods))))
                .orElseGet(() -> Future.succeededFuture(Optional.empty()));
    }

    private Future<LoggedIn> proceed(Passed passed, Users.Credentials credentials, Client client) {
        var account = verified.require(passed.account(), "password", client)
                .compose(found -> rehashIfOutdated(found, credentials, ClientNetwork.of(client.ip())));
        return passed.isEnough()
                ? account.compose(found -> sessions.open(found, client, "password"))
                        .map(session -> new LoggedIn(session, null))
                : account.compose(found -> secondFactors.challenge(found, passed.methods()))
                        .map(challenge -> new LoggedIn(null, challenge));
    }

    private Future<Optional<Account>> find(Users.Credentials credentials, Client client) {
        return users.findByEmail(credentials.email())
                .compose(found -> found.map(account -> verify(account, credentials, client))
                        .orElseGet(() -> refuseUnknown(credentials, client)));
    }

    private Future<Optional<Account>> verify(Account account, Users.Credentials credentials, Client client) {
        var user = account.user();
        return hasher.matches(credentials.password(), account.passwordHash(), ClientNetwork.of(client.ip()))
                .compose(matches -> matches && user.isActive()
                        ? Future.succeededFuture(Optional.of(account))
                        : failures.refuse(user.id(), matches ? "account_deactivated" : "wrong_password", client));
    }

    private Future<Account> rehashIfOutdated(Account account, Users.Credentials credentials, ClientNetwork network) {
        if (!hasher.isOutdated(account.passwordHash())) return Future.succeededFuture(account);
        return hasher.hash(credentials.password(), network)
                .compose(hash -> store.rehash(account, hash).map(rows -> account.withPasswordHash(hash)));
    }

    // Takes as long as a wrong password, so that the time does not reveal who has an account.
    private Future<Optional<Account>> refuseUnknown(Users.Credentials credentials, Client client) {
        return hasher.matchesNothing(credentials.password(), ClientNetwork.of(client.ip()))
                .compose(no -> failures.refuse(null, "unknown_account", client));
    }

    // The same answer for every reason, so that it does not reveal who has an account.
    private static Problem refusal() {
        return Problem.unauthenticated("The e-mail address or the password is wrong.");
    }

    public Future<Sessions.Ended> changePassword(Users.ChangePassword command) {
        var change = command.change();
        return users.findAccount(command.caller())
                .map(account -> checked(change.newPassword(), account))
                .compose(account -> requireProof(account, command))
                .compose(proven -> hasher.hash(
                        change.newPassword(), ClientNetwork.of(command.client().ip())))
                .compose(hash -> store.change(command.caller(), command.sessionId(), hash, command.client()))
                .map(sessions::announceEnded)
                .compose(ended -> sessions.endOpenedMeanwhile(command.caller(), command.sessionId(), ended));
    }

    // A first password is a way into the account, so it needs a recent sign-in instead of the current one.
    private Future<?> requireProof(Account account, Users.ChangePassword command) {
        var current = command.change().currentPassword();
        if (current != null) return currentPassword.require(account, current, command.client());
        return account.passwordHash() == null
                ? signIns.requireRecent(command.caller(), command.sessionId())
                : Future.failedFuture(Problem.invalid("/current_password", "is missing"));
    }

    private Account checked(Secret newPassword, Account account) {
        passwords.check(
                "/new_password",
                newPassword,
                account.user().email(),
                account.user().name());
        return account;
    }
}
