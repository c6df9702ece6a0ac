package io.parley.broken.config.telemetry;

import io.parley.broken.config.server.KnowsCli;

/** A package must not know one that is above it. */
public record KnowsServer(KnowsCli known) {}
