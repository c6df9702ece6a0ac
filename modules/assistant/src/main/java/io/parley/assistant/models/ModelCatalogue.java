package io.parley.assistant.models;

import io.parley.assistant.models.AvailableModels.Available;
import io.parley.contracts.assistant.Chat;
import io.parley.contracts.assistant.Chat.Model;
import io.parley.contracts.assistant.Chat.Models;
import io.parley.contracts.users.ApiKey;
import io.parley.contracts.users.ApiKeys;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.None;
import io.parley.kernel.PageRequest;
import io.parley.kernel.PageRequest.Order;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Secret;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

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
            return Future.succeededFuture(
                    new Models(List.of(new Model(null, withoutProviders.model(), false, false, true))));
        return available(caller).map(AvailableModels::list);
    }

    /** Fails invalid if the caller cannot use this provider or model. */
    public Future<None> check(Chat.CheckModel query) {
        var selection = new ModelSelection(query.provider(), query.model());
        return providers.isEmpty()
                ? Future.succeededFuture(requireOffline(selection, query.fieldPrefix()))
                        .map(None.NONE)
                : available(query.caller())
                        .map(available -> available.require(selection, query.fieldPrefix()))
                        .map(None.NONE);
    }

    /**
     * The first selection that is not empty, or the default of the settings if all are.
     *
     * @param required fails invalid if the caller cannot use it
     * @param preferred passed over if the caller cannot use it, because it was chosen earlier and may have disappeared
     */
    public Future<ModelChoice> choose(Caller caller, ModelSelection required, List<ModelSelection> preferred) {
        if (providers.isEmpty()) return Future.succeededFuture(requireOffline(required, ""));
        return available(caller)
                .compose(available -> connect(caller, available, choose(available, required, preferred)));
    }

    private ModelChoice requireOffline(ModelSelection selection, String fieldPrefix) {
        if (selection.provider() != null)
            throw Problem.invalid("/" + fieldPrefix + "provider", "is not a configured provider");
        if (selection.model() != null && !selection.model().equals(withoutProviders.model()))
            throw Problem.invalid("/" + fieldPrefix + "model", "is not a model that you can use");
        return withoutProviders;
    }

    private static Available choose(
            AvailableModels available, ModelSelection required, List<ModelSelection> preferred) {
        if (!required.isEmpty()) return available.require(required, "");
        return preferred.stream()
                .filter(selection -> !selection.isEmpty())
                .flatMap(selection -> available.find(selection).stream())
                .findFirst()
                .orElseGet(() -> available.require(required, ""));
    }

    private Future<ModelChoice> connect(Caller caller, AvailableModels available, Available chosen) {
        var provider = chosen.provider();
        return (available.hasOwnKey(provider)
                        ? ownKey(caller, provider)
                        : Future.succeededFuture(Optional.<Secret>empty()))
                .map(key -> key.map(provider::withKey).orElse(provider))
                .map(keyed -> new ModelChoice(
                        keyed.name(), chosen.model(), keyed.isLenient(), keyed.takesImages(), connect.apply(keyed)));
    }

    private Future<Optional<Secret>> ownKey(Caller caller, Provider provider) {
        return bus.ask(ApiKeys.REVEAL, new ApiKeys.Reveal(caller, provider.name()))
                .map(Optional::of)
                .recover(failure -> isNotFound(failure) && !provider.usersKeysOnly()
                        ? Future.succeededFuture(Optional.empty())
                        : Future.failedFuture(failure));
    }

    private Future<AvailableModels> available(Caller caller) {
        return bus.ask(ApiKeys.LIST, new ApiKeys.ListMine(caller, new PageRequest(null, MAX_KEYS, Order.ASC)))
                .map(page -> page.items().stream().map(ApiKey::provider).collect(Collectors.toSet()))
                .map(withOwnKey -> new AvailableModels(providers, withOwnKey));
    }

    private static boolean isNotFound(Throwable failure) {
        return failure instanceof Problem problem && problem.kind() == Kind.NOT_FOUND;
    }
}
