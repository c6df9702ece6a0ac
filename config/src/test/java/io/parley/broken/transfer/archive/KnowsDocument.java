package io.parley.broken.transfer.archive;

import io.parley.broken.transfer.document.KnowsChatgpt;

/** A package must not know one that is above it. */
public record KnowsDocument(KnowsChatgpt known) {}
