package io.parley.users.signin;

import io.parley.contracts.users.Users.Client;
import io.parley.kernel.Problem;
import io.parley.kernel.Secret;
import io.parley.kernel.limits.ClientNetwork;
import io.parley.users.limits.SignInLimit;
import io.parley.users.profile.Account;
import io.vertx.core.Future;
import java.util.Optional;

/** The proof that somebody who is signed in knows the account's password. */
final class CurrentPassword {
    private final PasswordHasher hasher;
    private final SignInLimit limit;
    private final SignInFailures failures;

    CurrentPassword(PasswordHasher hasher, SignInLimit limit, SignInFailures failures) {
        this.hasher = hasher;
        this.limit = limit;
        this.failures = failures;
    }

    /** Fails invalid, pointing at {@code /current_password}, if it is wrong; limited if too many have been. */
    Future<Account> require(Account account, Secret password, Client client) {
        return limit.attempt(client, account.user().email(), () -> matching(account, password, client))
                .map(found ->
                        found.orElseThrow(() -> Problem.invalid("/current_password", "is not your current password")));
    }

    private Future<Optional<Account>> matching(Account account, Secret password, Client client) {
        return hasher.matches(password, account.passwordHash(), ClientNetwork.of(client.ip()))
                .compose(matches -> matches
                        ? Future.succeededFuture(Optional.of(account))
                        : failures.refuseConfirmation(account.user().id(), client));
    }
}
