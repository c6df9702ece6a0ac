package io.parley.gateway.auth;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import io.parley.contracts.users.User;
import io.parley.kernel.Resource;
import io.parley.kernel.Secret;
import java.io.IOException;
import java.time.Instant;
import java.util.UUID;

/**
 * What one gets for signing in; the only answer with secrets in it. Its version is that of the account, the one thing in
 * it that can be read again.
 *
 * @param expiresIn for how many seconds the access token is good
 */
public record TokenResponse(
        User user,
        @JsonSerialize(using = Revealed.class) Secret accessToken,
        @JsonSerialize(using = Revealed.class) Secret refreshToken,
        String tokenType,
        long expiresIn)
        implements Resource {

    @Override
    public UUID id() {
        return user.id();
    }

    @Override
    public Instant updatedAt() {
        return user.updatedAt();
    }

    public static final class Revealed extends StdScalarSerializer<Secret> {
        private static final long serialVersionUID = 1L;

        Revealed() {
            super(Secret.class);
        }

        @Override
        public void serialize(Secret secret, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(secret.value());
        }
    }
}
