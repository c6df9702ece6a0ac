package io.parley.users.keys;

import java.nio.ByteBuffer;
import java.util.UUID;

/** The owner and the row that a ciphertext is bound to: it cannot be decrypted for another. */
public record CiphertextBinding(UUID userId, UUID id) {
    byte[] associatedData() {
        return ByteBuffer.allocate(Long.BYTES * 4)
                .putLong(userId.getMostSignificantBits())
                .putLong(userId.getLeastSignificantBits())
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }
}
