package io.parley.broken.assistant.models;

import io.parley.broken.assistant.tools.KnowsTurns;

/** A package must not know one that is above it. */
public record KnowsTools(KnowsTurns known) {}
