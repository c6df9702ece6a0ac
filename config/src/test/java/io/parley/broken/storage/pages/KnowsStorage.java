package io.parley.broken.storage.pages;

import io.parley.broken.storage.KnowsUsers;

/** A package must not know one that is above it. */
public record KnowsStorage(KnowsUsers known) {}
