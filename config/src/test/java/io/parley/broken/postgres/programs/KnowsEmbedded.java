package io.parley.broken.postgres.programs;

import io.parley.broken.postgres.embedded.KnowsPool;

/** A package must not know one that is above it. */
public record KnowsEmbedded(KnowsPool known) {}
