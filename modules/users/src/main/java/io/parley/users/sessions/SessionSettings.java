package io.parley.users.sessions;

import io.parley.kernel.Secret;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;

/**
 * How refresh tokens are rotated, and how long a sign-in counts as recent.
 *
 * @param signingKey the same on every node; the successor of a refresh token is derived from it
 * @param refreshGrace how long the token that was spent last is still answered; zero turns that off
 * @param recentSignIn how long after a sign-in a session may make sensitive changes; zero: never without the password
 */
public record SessionSettings(Secret signingKey, Duration refreshGrace, Duration recentSignIn) {
    private static final int KEY_BYTES = 32;

    /** For a process that answers no client: a key of its own, no grace, and no sign-in is recent. */
    public static SessionSettings withoutClients() {
        var key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return new SessionSettings(new Secret(Base64.getEncoder().encodeToString(key)), Duration.ZERO, Duration.ZERO);
    }
}
