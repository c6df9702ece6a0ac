package io.parley.broken.storage.connections;

import io.parley.broken.storage.KnowsUsers;

/** A package must not know one that is above it. */
public record KnowsStorage(KnowsUsers known) {}
