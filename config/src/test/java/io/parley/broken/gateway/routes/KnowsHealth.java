package io.parley.broken.gateway.routes;

import io.parley.broken.gateway.health.KnowsRoutes;

/** A package must not know one that is above it. */
public record KnowsHealth(KnowsRoutes known) {}
