package io.parley.gateway.auth;

import io.parley.kernel.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * How access tokens are signed and how long they are valid.
 *
 * @param key at least {@link #MIN_KEY_BYTES} in UTF-8
 * @param lifetime from issue to expiry, in whole seconds
 */
public record TokenSettings(Secret key, String issuer, String audience, Duration lifetime) {
    /** The size of the hash (RFC 7518, 3.2). */
    public static final int MIN_KEY_BYTES = 32;

    public TokenSettings {
        if (key.value().getBytes(StandardCharsets.UTF_8).length < MIN_KEY_BYTES)
            throw new IllegalArgumentException("the signing key must have at least " + MIN_KEY_BYTES + " bytes");
        if (lifetime.compareTo(Duration.ofSeconds(1)) < 0)
            throw new IllegalArgumentException("the lifetime of tokens must be at least one second");
    }
}
