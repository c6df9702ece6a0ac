package io.parley.users.sessions;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.kernel.Secret;
import io.parley.kernel.crypto.DerivedKey;
import io.parley.kernel.crypto.Sha256;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * An opaque refresh token: base64url of its user's id and 256 bits that nobody can guess, which are random in the first token
 * of a session and an HMAC of the token before in every later one. The id finds the user's rows, and only those bits protect
 * the session. Only the SHA-256 hash of the whole token is stored. A slow hash would add nothing to that much
 * entropy (OWASP Session Management Cheat Sheet).
 */
record RefreshToken(Secret token, Buffer hash) {
    private static final int RANDOM_BYTES = 32;
    private static final int LENGTH = 64;

    // Earlier versions issued the random bits alone. Such tokens live for 30 days: this may go 30 days after
    // the last server of such a version has stopped.
    private static final int LENGTH_WITHOUT_USER = 43;

    private static final SecureRandom random = new SecureRandom();

    static RefreshToken create(UUID userId) {
        var bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return of(userId, bytes);
    }

    /** The token that this one is exchanged for, the same on every node, so that none has to remember it. */
    RefreshToken successor(UUID userId, DerivedKey key) {
        return of(userId, key.mac(token.value().getBytes(UTF_8)));
    }

    private static RefreshToken of(UUID userId, byte[] bytes) {
        var all = ByteBuffer.allocate(2 * Long.BYTES + RANDOM_BYTES)
                .putLong(userId.getMostSignificantBits())
                .putLong(userId.getLeastSignificantBits())
                .put(bytes)
                .array();
        return of(new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(all)));
    }

    static RefreshToken of(Secret token) {
        return new RefreshToken(token, Buffer.buffer(Sha256.of(token.value())));
    }

    /** Whose token it says it is; empty if it does not say so. */
    Optional<UUID> userId() {
        if (token.value().length() != LENGTH) return Optional.empty();
        try {
            var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(token.value()));
            return Optional.of(new UUID(bytes.getLong(), bytes.getLong()));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /** Whether it may be one that was issued before tokens said whose they are. */
    boolean mayBeWithoutUser() {
        return token.value().length() == LENGTH_WITHOUT_USER;
    }
}
