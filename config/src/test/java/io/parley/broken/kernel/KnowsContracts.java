package io.parley.broken.kernel;

import io.parley.broken.contracts.KnowsStorage;

/** The kernel knows nobody. */
public record KnowsContracts(KnowsStorage known) {}
