package io.parley.users.keys;

import io.vertx.core.buffer.Buffer;

/** A stored ciphertext and the row that it is bound to. */
public record StoredSecret(CiphertextBinding binding, Buffer ciphertext) {}
