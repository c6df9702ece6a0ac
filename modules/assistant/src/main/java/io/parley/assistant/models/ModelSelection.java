package io.parley.assistant.models;

import org.jspecify.annotations.Nullable;

/**
 * The provider and model that a turn, a conversation or a user selects. They belong together: those of two selections are never combined.
 *
 * @param provider null for the first one that has the model
 * @param model null for the provider's first one
 */
public record ModelSelection(
        @Nullable String provider, @Nullable String model) {

    /** Whether it leaves the choice to others. */
    public boolean isEmpty() {
        return provider == null && model == null;
    }

    boolean matches(Provider candidate) {
        return (provider == null || provider.equals(candidate.name()))
                && (model == null || candidate.models().contains(model));
    }
}
