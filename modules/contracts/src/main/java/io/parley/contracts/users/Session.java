package io.parley.contracts.users;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One sign-in that is still good, however often its refresh token has been rotated.
 *
 * @param id stays the same over rotations
 * @param current whether it is the one that asks
 */
public record Session(
        UUID id,
        @Nullable String userAgent,
        @Nullable String ip,
        boolean current,
        Instant createdAt,
        Instant lastUsedAt,
        Instant expiresAt) {}
