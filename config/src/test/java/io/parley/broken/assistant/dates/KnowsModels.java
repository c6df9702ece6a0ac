package io.parley.broken.assistant.dates;

import io.parley.broken.assistant.models.KnowsTools;

/** A package must not know one beside it. */
public record KnowsModels(KnowsTools known) {}
