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
 * The answer to a sign-in, the only one with secrets in it. Its entity tag is the account's, because the account is the
 * only part of it that can be read again.
 *
 * @param expiresIn the lifetime of the access token, in seconds
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

    /** Writes the secret itself, which the default serializer refuses to do. */
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
