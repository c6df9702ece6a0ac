package io.parley.broken.contracts;

import io.parley.broken.storage.KnowsUsers;

/** Contracts know the kernel alone. */
public record KnowsStorage(KnowsUsers known) {}
