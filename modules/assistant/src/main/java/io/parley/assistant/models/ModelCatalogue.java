package io.parley.assistant.models;

import io.parley.assistant.AssistantSettings.ProviderSettings;
import io.parley.assistant.commands.OfflineCommands;
import io.parley.contracts.assistant.Chat.Model;
import io.parley.contracts.assistant.Chat.Models;
import io.parley.contracts.users.ApiKey;
import io.parley.contracts.users.ApiKeys;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.PageRequest;
import io.parley.kernel.PageRequest.Order;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Secret;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which models a user can choose: those of the settings, with the user's own key where there is one. */
public final class ModelCatalogue {
    private static final int MAX_KEYS = 200;

    private final Bus bus;
    private final List<ProviderSettings> providers;
    private final LanguageModel commands;
    private final Function<Provider, LanguageModel> models;

    /** @param models speaks to a provider with the key in it */
    public ModelCatalogue(
            Bus bus,
            List<ProviderSettings> providers,
            LanguageModel commands,
            Function<Provider, LanguageModel> models) {
        this.bus = bus;
        this.providers = providers;
        this.commands = commands;
        this.models = models;
    }

    public Future<Models> list(Caller caller) {
        if (providers.isEmpty())
            return Future.succeededFuture(new Models(List.of(new Model(null, OfflineCommands.MODEL, false, true))));
        return providersWithKeys(caller).map(own -> {
            var models = new ArrayList<Model>();
            for (var provider : providers)
                if (isOpen(provider, own))
                    for (var model : provider.models())
                        models.add(new Model(provider.name(), model, own.contains(provider.name()), models.isEmpty()));
            return new Models(models);
        });
    }

    /** Fails invalid where the caller cannot choose that. */
    public Future<ModelChoice> choose(Caller caller, @Nullable String provider, @Nullable String model) {
        if (providers.isEmpty()) return commands(provider, model);
        return providersWithKeys(caller).compose(own -> choose(caller, settings(provider, own), model, own));
    }

    private Future<ModelChoice> commands(@Nullable String provider, @Nullable String model) {
        if (provider != null) throw Problem.invalid("/provider", "there is no such provider");
        if (model != null && !model.equals(OfflineCommands.MODEL))
            throw Problem.invalid("/model", "there is no such model");
        return Future.succeededFuture(new ModelChoice(null, OfflineCommands.MODEL, commands));
    }

    private ProviderSettings settings(@Nullable String name, Set<String> own) {
        return providers.stream()
                .filter(provider -> name == null || provider.name().equals(name))
                .filter(provider -> isOpen(provider, own))
                .findFirst()
                .orElseThrow(() -> Problem.invalid(
                        "/provider",
                        name == null
                                ? "none can be used without a key of your own"
                                : "there is no such provider for you"));
    }

    private Future<ModelChoice> choose(
            Caller caller, ProviderSettings settings, @Nullable String model, Set<String> own) {
        var chosen = model == null ? settings.models().get(0) : model;
        if (!settings.models().contains(chosen)) throw Problem.invalid("/model", "there is no such model");
        return key(caller, settings, own)
                .map(key -> new Provider(
                        settings.name(), settings.baseUrl(), settings.models(), key.orElse(settings.key())))
                .map(provider -> new ModelChoice(settings.name(), chosen, models.apply(provider)));
    }

    private Future<Optional<Secret>> key(Caller caller, ProviderSettings settings, Set<String> own) {
        if (!own.contains(settings.name())) return Future.succeededFuture(Optional.empty());
        return bus.ask(ApiKeys.REVEAL, new ApiKeys.Reveal(caller, settings.name()))
                .map(revealed -> Optional.of(revealed))
                .recover(failure -> isGone(failure) && !settings.usersKeysOnly()
                        ? Future.succeededFuture(Optional.empty())
                        : Future.failedFuture(failure));
    }

    private static boolean isGone(Throwable failure) {
        return failure instanceof Problem problem && problem.kind() == Kind.NOT_FOUND;
    }

    private static boolean isOpen(ProviderSettings provider, Set<String> own) {
        return !provider.usersKeysOnly() || own.contains(provider.name());
    }

    private Future<Set<String>> providersWithKeys(Caller caller) {
        return bus.ask(ApiKeys.LIST, new ApiKeys.ListMine(caller, new PageRequest(null, MAX_KEYS, Order.ASC)))
                .map(page -> page.items().stream().map(ApiKey::provider).collect(Collectors.toSet()));
    }
}
