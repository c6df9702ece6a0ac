package io.parley.gateway.contract;

import io.parley.kernel.Caller;
import java.time.Instant;
import java.util.UUID;

/**
 * Who sent a request.
 *
 * @param expiresAt when the token that proved it expires
 */
public record Identity(Caller caller, UUID sessionId, Instant expiresAt) {}
