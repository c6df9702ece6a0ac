package io.parley.users.links;

import io.parley.kernel.Secret;
import io.parley.kernel.crypto.RandomTokens;
import io.parley.kernel.crypto.Sha256;
import io.vertx.core.buffer.Buffer;

/**
 * The token of a link: a prefix and 256 random bits in base64url. Only its SHA-256 hash is stored; a slow hash would add nothing to
 * that much entropy (OWASP Session Management Cheat Sheet).
 */
public record LinkToken(Secret token, Buffer hash) {
    /** @param prefix says what it is for, to people and to scanners for secrets */
    public static LinkToken create(String prefix) {
        return of(RandomTokens.create(prefix));
    }

    public static LinkToken of(Secret token) {
        return new LinkToken(token, Buffer.buffer(Sha256.of(token.value())));
    }
}
