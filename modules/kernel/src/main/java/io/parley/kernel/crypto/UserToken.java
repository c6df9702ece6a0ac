package io.parley.kernel.crypto;

import io.parley.kernel.Secret;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * An opaque token that says whose it is: a prefix and base64url of the user's id and 256 bits that nobody can guess. The id finds the
 * user's rows, and only those bits protect them. Only the token's hash is to be stored; a slow hash would add nothing to that much
 * entropy (OWASP Session Management Cheat Sheet).
 */
public record UserToken(UUID userId, Secret token) {
    private static final int SECRET_BYTES = 32;
    private static final int BYTES = 2 * Long.BYTES + SECRET_BYTES;
    private static final SecureRandom random = new SecureRandom();

    /** The characters of a token after its prefix. */
    public static final int LENGTH = 64;

    public static UserToken create(String prefix, UUID userId) {
        var bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return of(prefix, userId, bytes);
    }

    /** @param secret 32 bytes, such as a MAC of another token */
    public static UserToken of(String prefix, UUID userId, byte[] secret) {
        var all = ByteBuffer.allocate(BYTES)
                .putLong(userId.getMostSignificantBits())
                .putLong(userId.getLeastSignificantBits())
                .put(secret)
                .array();
        return new UserToken(
                userId,
                new Secret(prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(all)));
    }

    /** Empty if it does not have the form of such a token. */
    public static Optional<UserToken> parse(String prefix, Secret token) {
        if (!token.value().startsWith(prefix) || token.value().length() != prefix.length() + LENGTH)
            return Optional.empty();
        try {
            var bytes =
                    ByteBuffer.wrap(Base64.getUrlDecoder().decode(token.value().substring(prefix.length())));
            return Optional.of(new UserToken(new UUID(bytes.getLong(), bytes.getLong()), token));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /** SHA-256 of the whole token. */
    public byte[] hash() {
        return Sha256.of(token.value());
    }
}
