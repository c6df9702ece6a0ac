package io.parley.gateway.routes.signin;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.parley.contracts.users.SecondFactors.TotpSecret;
import io.parley.gateway.auth.TokenResponse.Revealed;
import io.parley.kernel.Secret;

/** The secret of TOTP, which is shown this once. */
record ShownSecret(
        @JsonSerialize(using = Revealed.class) Secret secret,
        @JsonSerialize(using = Revealed.class) Secret uri) {
    static ShownSecret of(TotpSecret secret) {
        return new ShownSecret(secret.secret(), secret.uri());
    }
}
