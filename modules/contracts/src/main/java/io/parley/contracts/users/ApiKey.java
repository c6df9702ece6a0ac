package io.parley.contracts.users;

import io.parley.kernel.Resource;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A user's own key for a provider of language models, as its owner sees it: everything but the key.
 *
 * @param alias tells several keys for one provider apart
 * @param keyHint the last four characters of the key; empty for a key of fewer than twelve, of which they would tell
 *     too much
 * @param updatedAt when the owner changed it; neither use nor re-encryption is a change
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
