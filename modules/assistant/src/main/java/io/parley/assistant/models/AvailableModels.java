package io.parley.assistant.models;

import io.parley.contracts.assistant.Chat.Model;
import io.parley.contracts.assistant.Chat.Models;
import io.parley.kernel.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The configured providers, at least one, that one user can choose from. */
final class AvailableModels {
    private final List<Provider> providers;
    private final Set<String> withOwnKey;

    /** @param model one of the provider's */
    record Available(Provider provider, String model) {}

    /** @param withOwnKey the names of providers for which the user has stored a key */
    AvailableModels(List<Provider> configured, Set<String> withOwnKey) {
        this.providers = configured.stream()
                .filter(provider -> !provider.usersKeysOnly() || withOwnKey.contains(provider.name()))
                .toList();
        this.withOwnKey = withOwnKey;
    }

    Models list() {
        var models = new ArrayList<Model>();
        for (var provider : providers)
            for (var model : provider.models())
                models.add(new Model(
                        provider.name(), model, provider.takesImages(), hasOwnKey(provider), models.isEmpty()));
        return new Models(models);
    }

    boolean hasOwnKey(Provider provider) {
        return withOwnKey.contains(provider.name());
    }

    /** The first provider that fits; an empty selection finds the default. */
    Optional<Available> find(ModelSelection selection) {
        return providers.stream()
                .filter(selection::matches)
                .findFirst()
                .map(provider -> new Available(
                        provider, selection.model() == null ? provider.models().get(0) : selection.model()));
    }

    /** Fails invalid if nothing fits. */
    Available require(ModelSelection selection, String fieldPrefix) {
        return find(selection).orElseThrow(() -> problem(selection, fieldPrefix));
    }

    private Problem problem(ModelSelection selection, String fieldPrefix) {
        if (selection.isEmpty())
            return Problem.invalid("/provider", "must be one for which you have stored a key; no other is configured");
        if (selection.provider() == null)
            return Problem.invalid("/" + fieldPrefix + "model", "is not a model that you can use");
        return find(new ModelSelection(selection.provider(), null)).isPresent()
                ? Problem.invalid("/" + fieldPrefix + "model", "is not a model of this provider")
                : Problem.invalid("/" + fieldPrefix + "provider", "is not a provider that you can use");
    }
}
