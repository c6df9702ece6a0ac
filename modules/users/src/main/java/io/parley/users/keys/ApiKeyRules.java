package io.parley.users.keys;

import io.parley.contracts.users.ApiKey;
import io.parley.contracts.users.ApiKeys;
import io.parley.kernel.None;
import io.parley.kernel.Page;
import io.parley.kernel.Problem;
import io.parley.kernel.Secret;
import io.vertx.core.Future;

/** The rules of provider keys: they are kept encrypted, and leave here for use alone. */
public final class ApiKeyRules {
    private static final int SHORTEST_WITH_HINT = 12;
    private static final int HINT = 4;

    private final ApiKeyStore store;
    private final KeyEncryption vault;

    public ApiKeyRules(ApiKeyStore store, KeyEncryption vault) {
        this.store = store;
        this.vault = vault;
    }

    public Future<ApiKey> create(ApiKeys.Create command) {
        var place = new KeyEncryption.Place(command.caller().userId(), command.id());
        return seal(place, command.draft().key()).compose(kept -> store.insert(command, kept));
    }

    public Future<ApiKey> find(ApiKeys.Find query) {
        return store.find(query);
    }

    public Future<Page<ApiKey>> list(ApiKeys.ListMine query) {
        return store.list(query);
    }

    public Future<ApiKey> update(ApiKeys.Update command) {
        var key = command.patch().key().value();
        if (key == null) return store.update(command, null);
        return seal(new KeyEncryption.Place(command.caller().userId(), command.id()), key)
                .compose(kept -> store.update(command, kept));
    }

    public Future<None> delete(ApiKeys.Delete command) {
        return store.delete(command);
    }

    public Future<Secret> reveal(ApiKeys.Reveal query) {
        return store.use(query)
                .map(found -> found.orElseThrow(() -> Problem.notFound("provider key")))
                .compose(stored -> vault.decrypt(stored.place(), stored.encrypted()));
    }

    private Future<ApiKeyStore.Sealed> seal(KeyEncryption.Place place, Secret key) {
        return vault.encrypt(place, key).map(encrypted -> new ApiKeyStore.Sealed(encrypted, hint(key.value())));
    }

    private static String hint(String key) {
        int characters = key.codePointCount(0, key.length());
        return characters < SHORTEST_WITH_HINT ? "" : key.substring(key.offsetByCodePoints(key.length(), -HINT));
    }
}
