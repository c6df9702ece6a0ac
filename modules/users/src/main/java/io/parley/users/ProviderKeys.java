package io.parley.users;

import io.parley.contracts.users.ApiKey;
import io.parley.contracts.users.ApiKeys;
import io.parley.kernel.None;
import io.parley.kernel.Page;
import io.parley.kernel.Problem;
import io.parley.kernel.Secret;
import io.vertx.core.Future;

/** The rules of provider keys: they are kept encrypted, and leave here for use alone. */
final class ProviderKeys {
    private static final int SHORTEST_WITH_HINT = 12;
    private static final int HINT = 4;

    private final ApiKeyStore store;
    private final KeyVault vault;

    ProviderKeys(ApiKeyStore store, KeyVault vault) {
        this.store = store;
        this.vault = vault;
    }

    Future<ApiKey> create(ApiKeys.Create command) {
        var place = new KeyVault.Place(command.caller().userId(), command.id());
        return seal(place, command.draft().key()).compose(kept -> store.insert(command, kept));
    }

    Future<ApiKey> find(ApiKeys.Find query) {
        return store.find(query);
    }

    Future<Page<ApiKey>> list(ApiKeys.ListMine query) {
        return store.list(query);
    }

    Future<ApiKey> update(ApiKeys.Update command) {
        var key = command.patch().key().value();
        if (key == null) return store.update(command, null);
        return seal(new KeyVault.Place(command.caller().userId(), command.id()), key)
                .compose(kept -> store.update(command, kept));
    }

    Future<None> delete(ApiKeys.Delete command) {
        return store.delete(command);
    }

    Future<Secret> reveal(ApiKeys.Reveal query) {
        return store.use(query)
                .map(found -> found.orElseThrow(() -> Problem.notFound("provider key")))
                .compose(stored -> vault.decrypt(stored.place(), stored.encrypted()));
    }

    private Future<ApiKeyStore.Sealed> seal(KeyVault.Place place, Secret key) {
        return vault.encrypt(place, key).map(encrypted -> new ApiKeyStore.Sealed(encrypted, hint(key.value())));
    }

    private static String hint(String key) {
        int characters = key.codePointCount(0, key.length());
        return characters < SHORTEST_WITH_HINT ? "" : key.substring(key.offsetByCodePoints(key.length(), -HINT));
    }
}
