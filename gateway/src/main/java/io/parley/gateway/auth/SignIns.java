package io.parley.gateway.auth;

import io.parley.contracts.users.Oidc;
import io.parley.contracts.users.SecondFactors;
import io.parley.contracts.users.SecondFactors.Challenge;
import io.parley.contracts.users.Users;
import io.parley.contracts.users.Users.Credentials;
import io.parley.contracts.users.Users.LoggedIn;
import io.parley.contracts.users.Users.SignedIn;
import io.parley.contracts.users.identities.Passkeys;
import io.parley.gateway.contract.Request;
import io.parley.gateway.http.HttpError;
import io.parley.kernel.Bus;
import io.parley.kernel.Json;
import io.parley.kernel.Secret;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The ways to sign in, for the routes that answer with tokens and for those that keep a cookie. */
public final class SignIns {
    private final Bus bus;

    private record FactorLogin(
            Secret mfaToken,
            @Nullable Secret code,
            @Nullable Secret recoveryCode) {}

    private record Assertion(Json credential) {}

    private record SignInCode(Secret code) {}

    public SignIns(Bus bus) {
        this.bus = bus;
    }

    /** Fails with a 403 that holds the challenge if the account has a second factor. */
    public Future<SignedIn> withPassword(Request request) {
        return bus.ask(Users.LOGIN, new Users.Login(request.body(Credentials.class), request.client()))
                .map(SignIns::session);
    }

    /** Completes a login that was answered with a challenge. */
    public Future<SignedIn> withSecondFactor(Request request) {
        var sent = request.body(FactorLogin.class);
        return bus.ask(
                SecondFactors.LOGIN,
                new SecondFactors.Login(sent.mfaToken(), sent.code(), sent.recoveryCode(), request.client()));
    }

    public Future<SignedIn> withPasskey(Request request) {
        return bus.ask(
                Passkeys.LOGIN, new Passkeys.Login(request.body(Assertion.class).credential(), request.client()));
    }

    /** Fails like {@link #withPassword} if the account has a second factor. */
    public Future<SignedIn> withOidcCode(Request request) {
        return bus.ask(
                        Oidc.EXCHANGE,
                        new Oidc.Exchange(request.body(SignInCode.class).code(), request.client()))
                .map(SignIns::session);
    }

    private static SignedIn session(LoggedIn login) {
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
}
