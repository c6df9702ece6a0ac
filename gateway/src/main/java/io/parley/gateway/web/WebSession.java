package io.parley.gateway.web;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.parley.contracts.users.User;
import io.parley.gateway.auth.TokenResponse;
import io.parley.kernel.Resource;
import io.parley.kernel.Secret;
import java.time.Instant;
import java.util.UUID;

/**
 * The answer to a sign-in in the web app: that of any sign-in, without the refresh token, which is in the cookie.
 *
 * @param expiresIn the lifetime of the access token, in seconds
 */
public record WebSession(
        User user,
        @JsonSerialize(using = TokenResponse.Revealed.class) Secret accessToken,
        String tokenType,
        long expiresIn)
        implements Resource {

    static WebSession of(TokenResponse response) {
        return new WebSession(response.user(), response.accessToken(), response.tokenType(), response.expiresIn());
    }

    @Override
    public UUID id() {
        return user.id();
    }

    @Override
    public Instant updatedAt() {
        return user.updatedAt();
    }
}
