package io.parley.broken.assistant.metrics;

import io.parley.broken.assistant.models.KnowsTools;

/** A package must not know one that is above it. */
public record KnowsModels(KnowsTools known) {}
