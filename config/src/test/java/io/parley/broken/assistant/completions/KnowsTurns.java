package io.parley.broken.assistant.completions;

import io.parley.broken.assistant.turns.KnowsCommands;

/** A package must not know one that is above it. */
public record KnowsTurns(KnowsCommands known) {}
