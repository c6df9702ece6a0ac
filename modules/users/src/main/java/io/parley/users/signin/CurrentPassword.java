package io.parley.users.signin;

import io.parley.kernel.Problem;
import io.parley.kernel.Secret;
import io.parley.users.profile.Account;
import io.vertx.core.Future;

/** The proof that somebody who is signed in knows the account's password. */
final class CurrentPassword {
    private final PasswordHasher hasher;

    CurrentPassword(PasswordHasher hasher) {
        this.hasher = hasher;
    }

    /** Fails invalid, pointing at {@code /current_password}, if it is wrong. */
    Future<Account> require(Account account, Secret password) {
        return hasher.matches(password, account.passwordHash())
                .compose(matches -> matches
                        ? Future.succeededFuture(account)
                        : Future.failedFuture(Problem.invalid("/current_password", "is not your current password")));
    }
}
