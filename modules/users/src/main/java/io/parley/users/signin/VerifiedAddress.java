package io.parley.users.signin;

import io.parley.contracts.users.EmailVerification;
import io.parley.contracts.users.Users.Client;
import io.parley.kernel.Problem;
import io.parley.users.profile.Account;
import io.vertx.core.Future;

/** Refuses a sign-in if the address of the account must be verified first. */
public final class VerifiedAddress {
    private final EmailVerification verification;
    private final SignInFailures failures;

    public VerifiedAddress(EmailVerification verification, SignInFailures failures) {
        this.verification = verification;
        this.failures = failures;
    }

    /**
     * Fails forbidden, which is recorded. Only for somebody who has proved to own the account, because the failure says that it exists.
     *
     * @param method of signing in
     */
    public Future<Account> require(Account account, String method, Client client) {
        if (verification != EmailVerification.REQUIRED || account.user().emailVerified())
            return Future.succeededFuture(account);
        return failures.refuse(account.user().id(), method, "email_not_verified", client)
                .compose(recorded -> Future.failedFuture(Problem.emailNotVerified()));
    }
}
