package io.parley.broken.assistant.turns;

import io.parley.broken.assistant.commands.KnowsTurns;

/** A package must not know one that is above it. */
public record KnowsCommands(KnowsTurns known) {}
