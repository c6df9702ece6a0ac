package io.parley.users.keys;

import io.parley.contracts.users.ApiKeys;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** A table with secrets that the keyset encrypts. */
public interface EncryptedRows {
    /** All users' secrets whose ciphertext does not begin with the prefix of the primary key, ordered by user and id. */
    Future<List<StoredSecret>> listOutdated(byte[] prefix, ApiKeys.Place after, int limit);

    /** Returns the number of changed rows: 0 if the secret has changed in the meantime, else 1. */
    Future<Integer> reencrypt(StoredSecret outdated, Buffer ciphertext);
}
