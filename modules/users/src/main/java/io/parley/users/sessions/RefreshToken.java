package io.parley.users.sessions;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.kernel.Secret;
import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * An opaque refresh token of 256 random bits. Only its SHA-256 hash is stored. A slow hash would add nothing to that much
 * entropy (OWASP Session Management Cheat Sheet).
 */
record RefreshToken(Secret token, Buffer hash) {
    private static final int BYTES = 32;
    private static final SecureRandom random = new SecureRandom();

    static RefreshToken create() {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return of(new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)));
    }

    static RefreshToken of(Secret token) {
        return new RefreshToken(token, Buffer.buffer(sha256(token.value().getBytes(UTF_8))));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
