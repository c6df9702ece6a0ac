package io.parley.users.invitations;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.kernel.Secret;
import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The token of an invitation: {@code inv_} and 256 random bits in base64url. Only its SHA-256 hash is stored; a slow hash would add
 * nothing to that much entropy (OWASP Session Management Cheat Sheet).
 */
record InvitationToken(Secret token, Buffer hash) {
    private static final String PREFIX = "inv_";
    private static final int RANDOM_BYTES = 32;
    private static final SecureRandom random = new SecureRandom();

    static InvitationToken create() {
        var bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return of(new Secret(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)));
    }

    static InvitationToken of(Secret token) {
        return new InvitationToken(token, Buffer.buffer(sha256(token.value().getBytes(UTF_8))));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
