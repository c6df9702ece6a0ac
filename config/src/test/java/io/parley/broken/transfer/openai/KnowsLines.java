package io.parley.broken.transfer.openai;

import io.parley.broken.transfer.lines.KnowsDocument;

/** A package must not know one that is above it. */
public record KnowsLines(KnowsDocument known) {}
