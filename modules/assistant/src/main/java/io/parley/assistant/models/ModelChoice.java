package io.parley.assistant.models;

import org.jspecify.annotations.Nullable;

/**
 * Which model answers a turn.
 *
 * @param provider null where the commands do
 */
public record ModelChoice(@Nullable String provider, String model, LanguageModel language) {}
