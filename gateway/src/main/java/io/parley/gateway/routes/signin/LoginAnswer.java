package io.parley.gateway.routes.signin;

import io.parley.contracts.users.SecondFactors;
import io.parley.contracts.users.SecondFactors.Challenge;
import io.parley.contracts.users.Users.LoggedIn;
import io.parley.contracts.users.Users.SignedIn;
import io.parley.gateway.http.HttpError;
import java.util.Map;
import java.util.Objects;

/** What follows from a right password. */
public final class LoginAnswer {
    /** The session; fails with a 403 that holds the challenge if the account has a second factor. */
    public static SignedIn session(LoggedIn login) {
        var challenge = login.challenge();
        if (challenge != null) throw HttpError.secondFactorRequired(members(challenge));
        return Objects.requireNonNull(login.session());
    }

    private static Map<String, Object> members(Challenge challenge) {
        return Map.of(
                "mfa_required",
                true,
                "mfa_token",
                challenge.token().value(),
                "methods",
                challenge.methods(),
                "expires_in",
                SecondFactors.CHALLENGE_LIFETIME.toSeconds());
    }

    private LoginAnswer() {}
}
