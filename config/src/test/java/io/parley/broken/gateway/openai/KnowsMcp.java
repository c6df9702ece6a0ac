package io.parley.broken.gateway.openai;

import io.parley.broken.gateway.mcp.KnowsRoutes;

/** A door must not know another one. */
public record KnowsMcp(KnowsRoutes known) {}
