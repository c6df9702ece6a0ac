package io.parley.broken.users;

import io.parley.broken.storage.pages.KnowsStorage;

/** Data modules page through {@code Listing}. */
public record KnowsPages(KnowsStorage known) {}
