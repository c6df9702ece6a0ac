package io.parley.files;

import io.parley.storage.Database;
import io.parley.storage.keys.Seal;
import io.parley.storage.keys.UserKeys;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.UUID;

/** Seals the chunks of encrypted files, each for its user, file and number alone, so that none can take the place of another. */
final class SealedChunks {
    private final Seal seal;
    private final UserKeys keys;

    SealedChunks(Database database) {
        this.seal = database.sealing("file_chunks", "file_id", "number").seal();
        this.keys = seal.keys();
    }

    Future<Buffer> seal(UUID userId, UUID fileId, int number, Buffer data) {
        return keys.require(userId).map(key -> seal.sealBytes(key, id(fileId, number), data));
    }

    /** Fails unavailable if the chunk was tampered with, or is another one. */
    Future<byte[]> open(UUID userId, UUID fileId, int number, Buffer sealed) {
        return seal.openBytes(userId, id(fileId, number), sealed).map(Buffer::getBytes);
    }

    private static String id(UUID fileId, int number) {
        return fileId + "/" + number;
    }
}
