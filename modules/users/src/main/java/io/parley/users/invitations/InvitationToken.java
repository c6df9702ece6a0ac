package io.parley.users.invitations;

import io.parley.kernel.Secret;
import io.parley.kernel.crypto.RandomTokens;
import io.parley.kernel.crypto.Sha256;
import io.vertx.core.buffer.Buffer;

/**
 * The token of an invitation: {@code inv_} and 256 random bits in base64url. Only its SHA-256 hash is stored; a slow hash would add
 * nothing to that much entropy (OWASP Session Management Cheat Sheet).
 */
record InvitationToken(Secret token, Buffer hash) {
    private static final String PREFIX = "inv_";

    static InvitationToken create() {
        return of(RandomTokens.create(PREFIX));
    }

    static InvitationToken of(Secret token) {
        return new InvitationToken(token, Buffer.buffer(Sha256.of(token.value())));
    }
}
