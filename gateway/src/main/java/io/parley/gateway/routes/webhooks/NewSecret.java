package io.parley.gateway.routes.webhooks;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.parley.contracts.webhooks.Webhooks;
import io.parley.gateway.auth.TokenResponse.Revealed;
import io.parley.kernel.Secret;

/** Another secret, which is shown this once. */
record NewSecret(@JsonSerialize(using = Revealed.class) Secret secret) {
    static NewSecret of(Webhooks.Rotated rotated) {
        return new NewSecret(rotated.secret());
    }
}
