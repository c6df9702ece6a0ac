package io.parley.broken.gateway.web;

import io.parley.broken.gateway.routes.KnowsHealth;

/** A package must not know one beside it. */
public record KnowsRoutes(KnowsHealth known) {}
