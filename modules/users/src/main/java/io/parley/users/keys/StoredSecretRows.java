package io.parley.users.keys;

import io.parley.contracts.users.ApiKeys;
import io.parley.contracts.users.StoredSecrets;
import io.parley.contracts.users.StoredSecrets.Place;
import io.parley.contracts.users.StoredSecrets.Sealed;
import io.parley.kernel.Bus;
import io.parley.storage.UserRow;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/** Secrets that another module keeps: it asks for what the keyset has to do with them. */
final class StoredSecretRows implements EncryptedRows {
    private final Bus bus;
    private final KeyEncryption encryption;

    public StoredSecretRows(Bus bus, KeyEncryption encryption) {
        this.bus = bus;
        this.encryption = encryption;
    }

    public Future<Sealed> encrypt(StoredSecrets.Encrypt command) {
        return encryption
                .encrypt(binding(command.place()), command.secret())
                .map(ciphertext -> new Sealed(command.place(), text(ciphertext.getBytes())));
    }

    public Future<StoredSecrets.Opened> decrypt(Sealed query) {
        return encryption.decrypt(stored(query)).map(StoredSecrets.Opened::new);
    }

    @Override
    public Future<List<UserRow>> listPlaces(ApiKeys.Place after, int limit) {
        return bus.ask(StoredSecrets.PLACES, new StoredSecrets.ListPlaces(new Place(after.userId(), after.id()), limit))
                .map(places -> places.items().stream()
                        .map(place -> new UserRow(place.userId(), place.id()))
                        .toList());
    }

    @Override
    public Future<List<StoredSecret>> listOutdated(byte[] prefix, UUID userId, UUID[] ids) {
        return bus.ask(StoredSecrets.OUTDATED, new StoredSecrets.ListOutdated(text(prefix), userId, List.of(ids)))
                .map(outdated ->
                        outdated.items().stream().map(StoredSecretRows::stored).toList());
    }

    @Override
    public Future<Integer> reencrypt(StoredSecret outdated, Buffer ciphertext) {
        var place = new Place(outdated.binding().userId(), outdated.binding().id());
        var before = new Sealed(place, text(outdated.ciphertext().getBytes()));
        return bus.ask(StoredSecrets.REPLACE, new StoredSecrets.Replace(before, text(ciphertext.getBytes())))
                .map(StoredSecrets.Replaced::rows);
    }

    private static CiphertextBinding binding(Place place) {
        return new CiphertextBinding(place.userId(), place.id());
    }

    private static StoredSecret stored(Sealed secret) {
        return new StoredSecret(
                binding(secret.place()), Buffer.buffer(Base64.getDecoder().decode(secret.ciphertext())));
    }

    private static String text(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
