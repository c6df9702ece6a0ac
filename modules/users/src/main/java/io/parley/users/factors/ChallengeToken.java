package io.parley.users.factors;

import io.parley.kernel.Secret;
import io.parley.kernel.crypto.UserToken;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.UUID;

/** The token of a login that waits for a second factor. */
record ChallengeToken(UUID userId, Secret token, Buffer hash) {
    private static final String PREFIX = "mfa_";

    static ChallengeToken create(UUID userId) {
        return of(UserToken.create(PREFIX, userId));
    }

    /** Empty if it does not have the form of a token. */
    static Optional<ChallengeToken> of(Secret token) {
        return UserToken.parse(PREFIX, token).map(ChallengeToken::of);
    }

    private static ChallengeToken of(UserToken token) {
        return new ChallengeToken(token.userId(), token.token(), Buffer.buffer(token.hash()));
    }
}
