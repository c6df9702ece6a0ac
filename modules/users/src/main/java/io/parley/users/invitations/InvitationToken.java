package io.parley.users.invitations;

import io.parley.kernel.Secret;
import io.parley.kernel.crypto.Sha256;
import io.vertx.core.buffer.Buffer;
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
        return new InvitationToken(token, Buffer.buffer(Sha256.of(token.value())));
    }
}
