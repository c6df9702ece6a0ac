package io.parley.gateway.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.parley.gateway.contract.Identity;
import java.time.Instant;
import java.util.Optional;

/**
 * A cache of the identities in verified access tokens, so that a token is parsed and its signature checked only once. Only the expiry has to
 * be checked again. The cache does not know whether a session has ended.
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
