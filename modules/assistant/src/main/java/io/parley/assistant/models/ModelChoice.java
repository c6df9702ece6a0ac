package io.parley.assistant.models;

import org.jspecify.annotations.Nullable;

/**
 * The model that answers a turn.
 *
 * @param provider null for the offline commands
 * @param model the provider's name for it
 */
public record ModelChoice(@Nullable String provider, String model, LanguageModel languageModel) {}
