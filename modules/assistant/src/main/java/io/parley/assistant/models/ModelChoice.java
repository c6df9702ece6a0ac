package io.parley.assistant.models;

import org.jspecify.annotations.Nullable;

/**
 * The model that answers a turn.
 *
 * @param provider null for the offline commands
 * @param model the provider's name for it
 * @param isLenient whether it accepts system messages anywhere and roles in any order
 * @param takesImages whether it is sent images and documents
 */
public record ModelChoice(
        @Nullable String provider, String model, boolean isLenient, boolean takesImages, LanguageModel languageModel) {}
