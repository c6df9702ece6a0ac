package io.parley.users.keys;

import io.parley.contracts.users.ApiKeys;
import io.parley.contracts.users.StoredSecrets;
import io.parley.kernel.Bus;
import io.parley.storage.Database;
import io.parley.storage.sealing.UserKeyStore;
import io.vertx.core.Future;
import java.util.List;

/** Answers every request about provider keys, secrets of other modules and the rotation of what encrypts them. */
public final class KeyAnswers {
    private final ApiKeyStore store;
    private final ApiKeyRules rules;
    private final StoredSecretRows secrets;
    private final UserKeyRotation userKeys;
    private final KeyRotation rotation;

    /** @param others further rows that a rotation encrypts anew */
    public KeyAnswers(Bus bus, Database database, KeyEncryption encryption, EncryptedRows others) {
        this.store = new ApiKeyStore(database);
        this.rules = new ApiKeyRules(store, encryption);
        this.secrets = new StoredSecretRows(bus, encryption);
        this.userKeys = new UserKeyRotation(new UserKeyStore(database), encryption);
        this.rotation = new KeyRotation(List.of(store, others, secrets), userKeys, encryption, database);
    }

    public Future<?> register(Bus bus) {
        return Future.all(List.of(
                bus.answer(StoredSecrets.ENCRYPT, secrets::encrypt),
                bus.answer(StoredSecrets.DECRYPT, secrets::decrypt),
                bus.answer(ApiKeys.CREATE, rules::create),
                bus.answer(ApiKeys.FIND, store::find),
                bus.answer(ApiKeys.LIST, store::list),
                bus.answer(ApiKeys.UPDATE, rules::update),
                bus.answer(ApiKeys.DELETE, store::delete),
                bus.answer(ApiKeys.REVEAL, rules::reveal),
                bus.answer(ApiKeys.ROTATE, rotation::rotate),
                bus.answer(ApiKeys.REENCRYPT, rotation::reencrypt),
                bus.answer(ApiKeys.ROTATE_USER_KEYS, userKeys::addKeys)));
    }
}
