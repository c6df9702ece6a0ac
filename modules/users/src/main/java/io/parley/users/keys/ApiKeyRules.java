package io.parley.users.keys;

import io.parley.contracts.users.ApiKey;
import io.parley.contracts.users.ApiKeys;
import io.parley.kernel.Caller;
import io.parley.kernel.Problem;
import io.parley.kernel.Secret;
import io.parley.users.keys.ApiKeyStore.EncryptedKey;
import io.vertx.core.Future;
import java.util.UUID;

/** The rules of provider keys: they are stored encrypted, and only their use reveals them. */
final class ApiKeyRules {
    private static final int SHORTEST_WITH_HINT = 12;
    private static final int HINT_LENGTH = 4;

    private final ApiKeyStore store;
    private final KeyEncryption encryption;

    public ApiKeyRules(ApiKeyStore store, KeyEncryption encryption) {
        this.store = store;
        this.encryption = encryption;
    }

    public Future<ApiKey> create(ApiKeys.Create command) {
        return encrypt(command.caller(), command.id(), command.draft().key())
                .compose(encrypted -> store.insert(command, encrypted));
    }

    public Future<ApiKey> update(ApiKeys.Update command) {
        var key = command.patch().key().value();
        if (key == null) return store.update(command, null);
        return encrypt(command.caller(), command.id(), key).compose(encrypted -> store.update(command, encrypted));
    }

    private Future<EncryptedKey> encrypt(Caller caller, UUID id, Secret key) {
        return encryption
                .encrypt(new CiphertextBinding(caller.userId(), id), key)
                .map(ciphertext -> new EncryptedKey(ciphertext, hint(key.value())));
    }

    private static String hint(String key) {
        int characters = key.codePointCount(0, key.length());
        return characters < SHORTEST_WITH_HINT ? "" : key.substring(key.offsetByCodePoints(key.length(), -HINT_LENGTH));
    }

    public Future<Secret> reveal(ApiKeys.Reveal query) {
        return store.use(query)
                .map(found -> found.orElseThrow(() -> Problem.notFound("provider key")))
                .compose(encryption::decrypt);
    }
}
