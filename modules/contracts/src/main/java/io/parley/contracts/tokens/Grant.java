package io.parley.contracts.tokens;

import io.parley.kernel.access.Scope;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A program that its user has let in through OAuth.
 *
 * @param clientName as the program calls itself
 * @param lastUsedAt to the minute; null if it was never used
 * @param expiresAt when it ends unless the program goes on using it
 */
public record Grant(
        UUID id,
        String clientId,
        String clientName,
        List<Scope> scopes,
        Instant createdAt,
        @Nullable Instant lastUsedAt,
        Instant expiresAt) {}
