package io.parley.contracts.audit;

import io.parley.kernel.Json;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A recorded event, as administrators see it.
 *
 * @param seq its number in the chain of all users' events
 * @param actorId who did it
 * @param userId whose account it concerns
 * @param hash in hexadecimal; of this event and the hash of the one before
 */
public record AuditedEvent(
        long seq,
        Instant createdAt,
        String type,
        @Nullable UUID actorId,
        @Nullable UUID userId,
        @Nullable String ip,
        @Nullable String userAgent,
        @Nullable UUID sessionId,
        @Nullable Json detail,
        String hash) {}
