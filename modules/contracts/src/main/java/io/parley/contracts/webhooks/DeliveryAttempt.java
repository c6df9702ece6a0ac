package io.parley.contracts.webhooks;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to deliver an event.
 *
 * @param eventId the same in each attempt; {@code webhook-id} of the request
 * @param attempt counted from 1
 * @param status of the answer; null if there was none
 * @param error why there was no answer, such as {@code timed_out}
 */
public record DeliveryAttempt(
        UUID id,
        UUID eventId,
        String type,
        int attempt,
        @Nullable Integer status,
        @Nullable String error,
        Instant at) {}
