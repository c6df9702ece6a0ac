package io.parley.broken.gateway.auth;

import io.parley.broken.gateway.idempotency.KnowsStreams;

/** A package must not know one that is above it. */
public record KnowsIdempotency(KnowsStreams known) {}
