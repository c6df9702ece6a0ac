package io.parley.gateway.auth;

import io.parley.kernel.Caller;
import java.time.Instant;
import java.util.UUID;

/** Who sent a request, in which session, and how long the token says so. */
public record Identity(Caller caller, UUID sessionId, Instant expiresAt) {}
