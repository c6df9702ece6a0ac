package io.parley.contracts.webhooks;

import io.parley.kernel.Resource;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An address that its owner wants to be called at when something of theirs changes. The secret is not part of it.
 *
 * @param events types of events, such as {@code task.created}, or {@code *} for all
 * @param disabledReason why the server has switched it off; null unless it has
 * @param failingSince the first attempt that failed since the last one that succeeded; null if none has
 */
public record Webhook(
        UUID id,
        UUID userId,
        String url,
        List<String> events,
        @Nullable String description,
        boolean isActive,
        @Nullable DisabledReason disabledReason,
        @Nullable Instant failingSince,
        Instant createdAt,
        Instant updatedAt)
        implements Resource {

    public enum DisabledReason {
        /** The receiver answered 410. */
        GONE,
        /** No attempt has succeeded for five days. */
        FAILURES
    }
}
