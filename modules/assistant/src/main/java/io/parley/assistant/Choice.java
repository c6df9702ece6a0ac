package io.parley.assistant;

import org.jspecify.annotations.Nullable;

/**
 * Which model answers a turn.
 *
 * @param provider null where the commands do
 */
record Choice(@Nullable String provider, String model, LanguageModel language) {}
