package io.parley.broken.config.cli;

import io.parley.broken.config.Main;

/** A package must not know one that is above it. */
public record KnowsMain(Main known) {}
