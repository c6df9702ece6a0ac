package io.parley.broken.assistant.summaries;

import io.parley.broken.assistant.turns.KnowsCommands;

/** A package must not know one that is above it. */
public record KnowsTurns(KnowsCommands known) {}
