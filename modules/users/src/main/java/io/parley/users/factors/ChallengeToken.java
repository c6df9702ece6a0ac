package io.parley.users.factors;

import io.parley.kernel.Secret;
import io.parley.kernel.crypto.Sha256;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * The token of a login that waits for a second factor: {@code mfa_} and base64url of the user's id and 256 random bits. The id finds the
 * user's rows. Only the token's SHA-256 hash is stored; a slow hash would add nothing to that much entropy.
 */
record ChallengeToken(UUID userId, Secret token, Buffer hash) {
    private static final String PREFIX = "mfa_";
    private static final int RANDOM_BYTES = 32;
    private static final int BYTES = 2 * Long.BYTES + RANDOM_BYTES;
    private static final SecureRandom random = new SecureRandom();

    static ChallengeToken create(UUID userId) {
        var bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        var all = ByteBuffer.allocate(BYTES)
                .putLong(userId.getMostSignificantBits())
                .putLong(userId.getLeastSignificantBits())
                .put(bytes)
                .array();
        return of(
                userId,
                new Secret(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(all)));
    }

    /** Empty if it does not have the form of a token. */
    static Optional<ChallengeToken> of(Secret token) {
        if (!token.value().startsWith(PREFIX)) return Optional.empty();
        try {
            var bytes = Base64.getUrlDecoder().decode(token.value().substring(PREFIX.length()));
            if (bytes.length != BYTES) return Optional.empty();
            var buffer = ByteBuffer.wrap(bytes);
            return Optional.of(of(new UUID(buffer.getLong(), buffer.getLong()), token));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static ChallengeToken of(UUID userId, Secret token) {
        return new ChallengeToken(userId, token, Buffer.buffer(Sha256.of(token.value())));
    }
}
