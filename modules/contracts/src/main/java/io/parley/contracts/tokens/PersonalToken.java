package io.parley.contracts.tokens;

import io.parley.kernel.access.Scope;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A personal token as its owner sees it: everything except the token itself.
 *
 * @param scopes what it opens, as its owner chose them
 * @param hint its last four characters
 * @param lastUsedAt to the minute; null if it was never used
 * @param expiresAt null if it does not expire
 */
public record PersonalToken(
        UUID id,
        String name,
        List<Scope> scopes,
        String hint,
        Instant createdAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant expiresAt) {}
