package io.parley.broken.transfer.librechat;

import io.parley.broken.transfer.sharegpt.KnowsOpenai;

/** A package must not know one that is above it. */
public record KnowsSharegpt(KnowsOpenai known) {}
