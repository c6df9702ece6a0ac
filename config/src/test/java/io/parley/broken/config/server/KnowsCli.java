package io.parley.broken.config.server;

import io.parley.broken.config.cli.KnowsMain;

/** A package must not know one that is above it. */
public record KnowsCli(KnowsMain known) {}
