package io.parley.storage.keys;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.UUID;

/** The keys of users as they are stored: wrapped by the keyset of the server. */
public interface WrappedKeys {
    Future<Optional<Buffer>> find(UUID userId);

    /** Returns the stored one, which is another one if the user had a key already. */
    Future<Buffer> insert(UUID userId, Buffer wrapped);
}
