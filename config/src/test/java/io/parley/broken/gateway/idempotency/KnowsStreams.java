package io.parley.broken.gateway.idempotency;

import io.parley.broken.gateway.streams.KnowsRoutes;

/** A package must not know one that is above it. */
public record KnowsStreams(KnowsRoutes known) {}
