package io.parley.broken.gateway.health;

import io.parley.broken.gateway.routes.KnowsHealth;

/** A package must not know one that is above it. */
public record KnowsRoutes(KnowsHealth known) {}
