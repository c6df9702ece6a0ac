package io.parley.users.signin;

import io.parley.contracts.users.Sessions;
import io.parley.contracts.users.Users;
import io.parley.contracts.users.Users.SignedIn;
import io.parley.kernel.Problem;
import io.parley.kernel.Secret;
import io.parley.storage.Database;
import io.parley.users.profile.Account;
import io.parley.users.profile.UserStore;
import io.parley.users.sessions.SessionRules;
import io.vertx.core.Future;

/** The rules of registration, login and passwords. */
public final class SignInRules {
    private final UserStore users;
    private final PasswordStore store;
    private final PasswordHasher hasher;
    private final PasswordRules passwords;
    private final CurrentPassword currentPassword;
    private final SessionRules sessions;

    public SignInRules(
            Database database, UserStore users, PasswordHasher hasher, PasswordRules passwords, SessionRules sessions) {
        this.users = users;
        this.store = new PasswordStore(database);
        this.hasher = hasher;
        this.passwords = passwords;
        this.currentPassword = new CurrentPassword(hasher);
        this.sessions = sessions;
    }

    public Future<SignedIn> register(Users.Register command) {
        var registration = command.registration();
        passwords.check("/password", registration.password(), registration.email(), registration.name());
        return hasher.hash(registration.password())
                .compose(hash -> store.insert(registration, hash))
                .compose(account -> sessions.open(account, command.client()));
    }

    public Future<SignedIn> login(Users.Login command) {
        var credentials = command.credentials();
        return users.findByEmail(credentials.email())
                .compose(found ->
                        found.map(account -> verify(account, credentials)).orElseGet(() -> refuseUnknown(credentials)))
                .compose(account -> sessions.open(account, command.client()));
    }

    private Future<Account> verify(Account account, Users.Credentials credentials) {
        return hasher.matches(credentials.password(), account.passwordHash())
                .compose(matches ->
                        matches && account.user().isActive() ? rehashIfOutdated(account, credentials) : refuse());
    }

    private Future<Account> rehashIfOutdated(Account account, Users.Credentials credentials) {
        if (!hasher.isOutdated(account.passwordHash())) return Future.succeededFuture(account);
        return hasher.hash(credentials.password())
                .compose(hash -> store.rehash(account, hash).map(rows -> account.withPasswordHash(hash)));
    }

    // Takes as long as a wrong password, so that the time does not reveal who has an account.
    private Future<Account> refuseUnknown(Users.Credentials credentials) {
        return hasher.matchesNothing(credentials.password()).compose(no -> refuse());
    }

    // The same answer for every reason, so that it does not reveal who has an account.
    private static Future<Account> refuse() {
        return Future.failedFuture(Problem.unauthenticated("The e-mail address or the password is wrong."));
    }

    public Future<Sessions.Ended> changePassword(Users.ChangePassword command) {
        var change = command.change();
        return users.findAccount(command.caller())
                .map(account -> checked(change.newPassword(), account))
                .compose(account -> currentPassword.require(account, change.currentPassword()))
                .compose(account -> hasher.hash(change.newPassword()))
                .compose(hash -> store.change(command.caller(), command.sessionId(), hash))
                .map(sessions::announceEnded)
                .compose(ended -> sessions.endOpenedMeanwhile(command.caller(), command.sessionId(), ended));
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
