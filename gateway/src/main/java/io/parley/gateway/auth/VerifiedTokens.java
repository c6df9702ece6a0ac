package io.parley.gateway.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.parley.gateway.contract.Identity;
import java.time.Instant;
import java.util.Optional;

/**
 * Whom access tokens with a valid signature name, so that a token is parsed and its signature checked once and not with each of its
 * requests. All claims but the expiry hold for good once they hold; whether the session has ended is not known here.
 */
final class VerifiedTokens {
    /** Of an entry without its token, rounded up. */
    private static final int OTHER_BYTES = 400;

    private static final long MOST_BYTES = 8 * 1024 * 1024;

    private final Cache<String, Identity> identities = Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumWeight(MOST_BYTES)
            .weigher((String token, Identity identity) -> OTHER_BYTES + token.length())
            .build();

    /** Empty if the token was not seen, or has expired. */
    Optional<Identity> find(String token, Instant now) {
        var identity = identities.getIfPresent(token);
        return identity == null || identity.expiresAt().compareTo(now) <= 0 ? Optional.empty() : Optional.of(identity);
    }

    void add(String token, Identity identity) {
        identities.put(token, identity);
    }
}
