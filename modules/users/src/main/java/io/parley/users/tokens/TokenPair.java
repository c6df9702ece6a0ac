package io.parley.users.tokens;

import io.parley.contracts.tokens.Grants;
import io.parley.kernel.crypto.DerivedKey;
import io.parley.kernel.crypto.UserToken;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * A refresh token and the access token that is issued with it. The secret of each is an HMAC of the token before, the same on every node:
 * a repeated exchange gets the same answer, and no node has to remember it.
 */
record TokenPair(UserToken refresh, UserToken access) {
    static TokenPair create(UUID userId, DerivedKey key) {
        return of(UserToken.create(Grants.REFRESH_PREFIX, userId), key);
    }

    /** What this refresh token is exchanged for. */
    static TokenPair after(UserToken used, DerivedKey key) {
        return of(derived(Grants.REFRESH_PREFIX, used, key), key);
    }

    private static TokenPair of(UserToken refresh, DerivedKey key) {
        return new TokenPair(refresh, derived(Grants.ACCESS_PREFIX, refresh, key));
    }

    private static UserToken derived(String prefix, UserToken from, DerivedKey key) {
        var purpose = prefix + ' ' + from.token().value();
        return UserToken.of(prefix, from.userId(), key.mac(purpose.getBytes(StandardCharsets.UTF_8)));
    }

    Buffer refreshHash() {
        return hash(refresh);
    }

    Buffer accessHash() {
        return hash(access);
    }

    static Buffer hash(UserToken token) {
        return Buffer.buffer(token.hash());
    }
}
