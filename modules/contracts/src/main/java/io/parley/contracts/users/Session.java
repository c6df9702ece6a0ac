package io.parley.contracts.users;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A live session: one sign-in, however often its refresh token has been rotated.
 *
 * @param id stays the same when the refresh token is rotated
 * @param current whether the request was made in this session
 */
public record Session(
        UUID id,
        @Nullable String userAgent,
        @Nullable String ip,
        boolean current,
        Instant createdAt,
        Instant lastUsedAt,
        Instant expiresAt) {}
