package io.parley.broken.config.settings;

import io.parley.broken.config.cluster.KnowsServer;

/** A package must not know one that is above it. */
public record KnowsCluster(KnowsServer known) {}
