package io.parley.contracts.audit;

import io.parley.kernel.Json;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A recorded event, as the user sees it whose account it concerns.
 *
 * @param seq its number in the chain of all users' events
 */
public record OwnSecurityEvent(
        long seq,
        Instant createdAt,
        String type,
        @Nullable String ip,
        @Nullable String userAgent,
        @Nullable UUID sessionId,
        @Nullable Json detail) {}
