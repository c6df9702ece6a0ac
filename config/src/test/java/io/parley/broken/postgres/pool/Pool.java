package io.parley.broken.postgres.pool;

import io.parley.broken.kernel.KnowsContracts;

/** Not a package that the embedded server may know. */
public record Pool(KnowsContracts known) {}
