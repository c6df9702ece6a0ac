package io.parley.users.keys;

import io.parley.contracts.users.ApiKeys;
import io.parley.storage.UserRow;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.UUID;

/** A table with secrets that the keyset encrypts. */
public interface EncryptedRows {
    /** Which secrets all users have, ordered by user and id. */
    Future<List<UserRow>> listPlaces(ApiKeys.Place after, int limit);

    /** Those of a user's secrets whose ciphertext does not begin with the prefix of the primary key, ordered by id. */
    Future<List<StoredSecret>> listOutdated(byte[] prefix, UUID userId, UUID[] ids);

    /** Returns the number of changed rows: 0 if the secret has changed in the meantime, else 1. */
    Future<Integer> reencrypt(StoredSecret outdated, Buffer ciphertext);
}
