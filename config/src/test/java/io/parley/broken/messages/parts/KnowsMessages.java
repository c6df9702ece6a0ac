package io.parley.broken.messages.parts;

import io.parley.broken.messages.KnowsTasks;

/** A package must not know one that is above it. */
public record KnowsMessages(KnowsTasks known) {}
