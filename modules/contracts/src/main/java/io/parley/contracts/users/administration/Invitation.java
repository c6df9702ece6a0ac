package io.parley.contracts.users.administration;

import io.parley.kernel.Caller.Role;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Permission to register one account.
 *
 * @param email the only address that may use it, in lower case; null permits any
 * @param role of the account
 * @param usedAt null if it has not been used
 */
public record Invitation(
        UUID id,
        @Nullable String email,
        Role role,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant usedAt) {}
