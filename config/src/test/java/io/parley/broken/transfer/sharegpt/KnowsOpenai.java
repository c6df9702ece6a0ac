package io.parley.broken.transfer.sharegpt;

import io.parley.broken.transfer.openai.KnowsLines;

/** A package must not know one that is above it. */
public record KnowsOpenai(KnowsLines known) {}
