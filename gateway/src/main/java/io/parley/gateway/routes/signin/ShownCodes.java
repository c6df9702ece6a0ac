package io.parley.gateway.routes.signin;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.parley.contracts.users.SecondFactors.RecoveryCodes;
import io.parley.gateway.auth.TokenResponse.Revealed;
import io.parley.kernel.Secret;
import java.util.List;

/** Recovery codes, which are shown this once. */
record ShownCodes(
        @JsonSerialize(contentUsing = Revealed.class) List<Secret> recoveryCodes) {
    static ShownCodes of(RecoveryCodes codes) {
        return new ShownCodes(codes.codes());
    }
}
