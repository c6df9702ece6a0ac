package io.parley.contracts.files;

import io.parley.kernel.Resource;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file, without its content.
 *
 * @param name as the client called it, without folders and without characters that have no place in a name
 * @param mediaType as its first bytes say; what the client says is not believed
 * @param size in bytes
 * @param sha256 of the content, 64 hexadecimal digits (FIPS 180-4)
 * @param encrypted whether name, sum and content are stored encrypted
 * @param deletedAt when it was moved to the trash; null if it is not there
 */
public record StoredFile(
        UUID id,
        UUID userId,
        String name,
        String mediaType,
        long size,
        String sha256,
        boolean encrypted,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant deletedAt)
        implements Resource {
    /** One that is stored in clear. */
    public StoredFile(
            UUID id,
            UUID userId,
            String name,
            String mediaType,
            long size,
            String sha256,
            Instant createdAt,
            Instant updatedAt,
            @Nullable Instant deletedAt) {
        this(id, userId, name, mediaType, size, sha256, false, createdAt, updatedAt, deletedAt);
    }
}
