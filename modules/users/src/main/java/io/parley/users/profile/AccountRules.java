package io.parley.users.profile;

import io.parley.contracts.users.Sessions;
import io.parley.contracts.users.User;
import io.parley.contracts.users.Users;
import io.parley.contracts.users.Users.SignedIn;
import io.parley.kernel.Problem;
import io.parley.users.sessions.SessionRules;
import io.parley.users.signin.CommonPasswords;
import io.parley.users.signin.PasswordHasher;
import io.vertx.core.Future;

/** The rules of accounts: how one is made, entered, changed and left. */
public final class AccountRules {
    private final UserStore users;
    private final SessionRules sessions;
    private final PasswordHasher passwords;
    private final CommonPasswords common = new CommonPasswords();

    public AccountRules(UserStore users, SessionRules sessions, PasswordHasher passwords) {
        this.users = users;
        this.sessions = sessions;
        this.passwords = passwords;
    }

    public Future<SignedIn> register(Users.Register command) {
        var registration = command.registration();
        common.refuse("/password", registration.password());
        return passwords
                .hash(registration.password())
                .compose(hash -> users.insert(registration, hash))
                .compose(account -> sessions.open(account, command.client()));
    }

    public Future<SignedIn> login(Users.Login command) {
        var credentials = command.credentials();
        return users.findByEmail(credentials.email())
                .compose(found -> found.map(account -> verified(account, credentials))
                        .orElseGet(() ->
                                passwords.matchesNothing(credentials.password()).compose(no -> refused())))
                .compose(account -> sessions.open(account, command.client()));
    }

    public Future<Sessions.Ended> changePassword(Users.ChangePassword command) {
        var change = command.change();
        common.refuse("/new_password", change.newPassword());
        return users.findAccount(command.caller())
                .compose(account -> passwords.matches(change.currentPassword(), account.passwordHash()))
                .compose(matches -> matches
                        ? passwords.hash(change.newPassword())
                        : Future.failedFuture(Problem.invalid("/current_password", "is wrong")))
                .compose(hash -> users.changePassword(command.caller(), command.sessionId(), hash))
                .map(sessions::told)
                .compose(ended -> sessions.endLate(command.caller(), command.sessionId(), ended));
    }

    public Future<User> find(Users.Find query) {
        return users.find(query.caller());
    }

    public Future<User> update(Users.Update command) {
        return users.update(command);
    }

    public Future<Sessions.Ended> delete(Users.Delete command) {
        return users.delete(command).map(sessions::told);
    }

    private Future<Account> verified(Account account, Users.Credentials credentials) {
        return passwords
                .matches(credentials.password(), account.passwordHash())
                .compose(matches -> matches && account.user().isActive() ? renewed(account, credentials) : refused());
    }

    private Future<Account> renewed(Account account, Users.Credentials credentials) {
        if (!passwords.isOutdated(account.passwordHash())) return Future.succeededFuture(account);
        return passwords
                .hash(credentials.password())
                .compose(hash -> users.renewHash(account, hash).map(done -> account.withHash(hash)));
    }

    // One answer for all reasons, so that it does not tell who has an account.
    private static Future<Account> refused() {
        return Future.failedFuture(Problem.unauthenticated("The e-mail address or the password is wrong."));
    }
}
