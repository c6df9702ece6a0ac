package io.parley.broken.postgres;

import io.parley.broken.storage.KnowsUsers;

/** The postgres module may know the kernel only. */
public record KnowsStorage(KnowsUsers known) {}
