package io.parley.broken.gateway.mcp;

import io.parley.broken.gateway.routes.KnowsHealth;

/** A door must not know another one. */
public record KnowsRoutes(KnowsHealth known) {}
