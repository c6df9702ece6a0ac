package io.parley.assistant.models;

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

/** The models that a user can choose: those of the configured providers, with the user's own key if there is one. */
public final class ModelCatalogue {
    private static final int MAX_KEYS = 200;

    private final Bus bus;
    private final List<Provider> providers;
    private final ModelChoice withoutProviders;
    private final Function<Provider, LanguageModel> connect;

    /**
     * @param withoutProviders answers if no provider is configured
     * @param connect makes the client of a provider, which uses the key in it
     */
    public ModelCatalogue(
            Bus bus,
            List<Provider> providers,
            ModelChoice withoutProviders,
            Function<Provider, LanguageModel> connect) {
        this.bus = bus;
        this.providers = List.copyOf(providers);
        this.withoutProviders = withoutProviders;
        this.connect = connect;
    }

    public Future<Models> list(Caller caller) {
        if (providers.isEmpty())
            return Future.succeededFuture(new Models(List.of(new Model(null, withoutProviders.model(), false, true))));
        return providersWithOwnKey(caller).map(this::list);
    }

    private Models list(Set<String> withOwnKey) {
        var models = new ArrayList<Model>();
        for (var provider : providers)
            if (isAvailable(provider, withOwnKey))
                for (var model : provider.models())
                    models.add(
                            new Model(provider.name(), model, withOwnKey.contains(provider.name()), models.isEmpty()));
        return new Models(models);
    }

    /** Fails invalid if the caller cannot use this provider or model. Null chooses the default. */
    public Future<ModelChoice> choose(Caller caller, @Nullable String provider, @Nullable String model) {
        if (providers.isEmpty()) return Future.succeededFuture(chooseOffline(provider, model));
        return providersWithOwnKey(caller)
                .compose(withOwnKey -> choose(caller, provider(provider, withOwnKey), model, withOwnKey));
    }

    private ModelChoice chooseOffline(@Nullable String provider, @Nullable String model) {
        if (provider != null) throw Problem.invalid("/provider", "is not a configured provider");
        if (model != null && !model.equals(withoutProviders.model())) throw noSuchModel();
        return withoutProviders;
    }

    private Provider provider(@Nullable String name, Set<String> withOwnKey) {
        return providers.stream()
                .filter(provider -> name == null || provider.name().equals(name))
                .filter(provider -> isAvailable(provider, withOwnKey))
                .findFirst()
                .orElseThrow(() -> Problem.invalid(
                        "/provider",
                        name == null
                                ? "must be one for which you have stored a key; no other is configured"
                                : "is not a provider that you can use"));
    }

    private Future<ModelChoice> choose(
            Caller caller, Provider provider, @Nullable String model, Set<String> withOwnKey) {
        var chosen = model == null ? provider.models().get(0) : model;
        if (!provider.models().contains(chosen)) throw noSuchModel();
        return ownKey(caller, provider, withOwnKey)
                .map(key -> key.map(provider::withKey).orElse(provider))
                .map(keyed -> new ModelChoice(keyed.name(), chosen, keyed.isLenient(), connect.apply(keyed)));
    }

    private Future<Optional<Secret>> ownKey(Caller caller, Provider provider, Set<String> withOwnKey) {
        if (!withOwnKey.contains(provider.name())) return Future.succeededFuture(Optional.empty());
        return bus.ask(ApiKeys.REVEAL, new ApiKeys.Reveal(caller, provider.name()))
                .map(Optional::of)
                .recover(failure -> isNotFound(failure) && !provider.usersKeysOnly()
                        ? Future.succeededFuture(Optional.empty())
                        : Future.failedFuture(failure));
    }

    private Future<Set<String>> providersWithOwnKey(Caller caller) {
        return bus.ask(ApiKeys.LIST, new ApiKeys.ListMine(caller, new PageRequest(null, MAX_KEYS, Order.ASC)))
                .map(page -> page.items().stream().map(ApiKey::provider).collect(Collectors.toSet()));
    }

    private static boolean isAvailable(Provider provider, Set<String> withOwnKey) {
        return !provider.usersKeysOnly() || withOwnKey.contains(provider.name());
    }

    private static boolean isNotFound(Throwable failure) {
        return failure instanceof Problem problem && problem.kind() == Kind.NOT_FOUND;
    }

    private static Problem noSuchModel() {
        return Problem.invalid("/model", "is not a model of this provider");
    }
}
