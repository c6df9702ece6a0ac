package io.parley.contracts.users;

import io.parley.kernel.Resource;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A user's own key for a language model provider, as its owner sees it: everything except the key itself.
 *
 * @param alias distinguishes several keys for one provider
 * @param keyHint the last four characters of the key; empty if the key has fewer than twelve characters, because four
 *     would then reveal too much
 * @param updatedAt when the owner last changed it; use and re-encryption do not count
 */
public record ApiKey(
        UUID id,
        UUID userId,
        String provider,
        String alias,
        String keyHint,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant lastUsedAt)
        implements Resource {}
