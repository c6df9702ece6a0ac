package io.parley.broken.postgres.embedded;

import io.parley.broken.postgres.pool.Pool;

/** A package must not know one that is above it. */
public record KnowsPool(Pool known) {}
