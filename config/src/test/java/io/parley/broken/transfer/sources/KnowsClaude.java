package io.parley.broken.transfer.sources;

import io.parley.broken.transfer.claude.KnowsDocument;

/** A package must not know one that is above it. */
public record KnowsClaude(KnowsDocument known) {}
