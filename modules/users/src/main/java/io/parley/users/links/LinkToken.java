package io.parley.users.links;

import io.parley.kernel.Secret;
import io.parley.kernel.crypto.Sha256;
import io.vertx.core.buffer.Buffer;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The token of a link: a prefix and 256 random bits in base64url. Only its SHA-256 hash is stored; a slow hash would add nothing to
 * that much entropy (OWASP Session Management Cheat Sheet).
 */
public record LinkToken(Secret token, Buffer hash) {
    private static final int RANDOM_BYTES = 32;
    private static final SecureRandom random = new SecureRandom();

    /** @param prefix says what it is for, to people and to scanners for secrets */
    public static LinkToken create(String prefix) {
        var bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return of(new Secret(prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)));
    }

    public static LinkToken of(Secret token) {
        return new LinkToken(token, Buffer.buffer(Sha256.of(token.value())));
    }
}
