package io.parley.contracts.users.identities;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An account at another provider that can sign in.
 *
 * @param provider its name, which is no longer set if nobody can sign in with it any more
 * @param email as the provider said when it was linked; null if it did not say
 * @param lastUsedAt null if it was never used
 */
public record Identity(
        UUID id,
        String provider,
        @Nullable String email,
        Instant createdAt,
        @Nullable Instant lastUsedAt) {}
