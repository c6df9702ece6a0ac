package io.parley.broken.gateway.limits;

import io.parley.broken.gateway.routes.KnowsHealth;

/** A package must not know one that is above it. */
public record KnowsRoutes(KnowsHealth known) {}
