package io.parley.kernel.crypto;

import io.parley.kernel.Secret;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Makes tokens of 256 random bits. If only the SHA-256 hash of one is stored, a slow hash would add nothing to that much entropy
 * (OWASP Session Management Cheat Sheet).
 */
public final class RandomTokens {
    private static final int BYTES = 32;
    private static final SecureRandom random = new SecureRandom();

    /** The prefix and 43 characters of base64url. */
    public static Secret create(String prefix) {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new Secret(prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    private RandomTokens() {}
}
