package io.parley.broken.config.cluster;

import io.parley.broken.config.server.KnowsCli;

/** A package must not know one that is above it. */
public record KnowsServer(KnowsCli known) {}
