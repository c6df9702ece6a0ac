package io.parley.storage.quota;

import io.parley.kernel.Caller;
import io.parley.kernel.Json;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a request is going to store.
 *
 * @param bytes at most; PostgreSQL compresses long texts
 */
public record StorageNeed(UUID userId, long rows, long bytes) {
    /** Of ids, times and short texts. */
    private static final int ROW_BYTES = 150;

    /** New rows, without their texts. */
    public static StorageNeed rows(Caller caller, int rows) {
        return new StorageNeed(caller.userId(), rows, (long) rows * ROW_BYTES);
    }

    /** New texts in a row that exists. */
    public static StorageNeed texts(Caller caller) {
        return rows(caller, 0);
    }

    StorageNeed without(StorageNeed part) {
        return new StorageNeed(userId, rows - part.rows, bytes - part.bytes);
    }

    public StorageNeed and(@Nullable String text) {
        return text == null ? this : new StorageNeed(userId, rows, bytes + text.length());
    }

    public StorageNeed and(@Nullable Json json) {
        return json == null ? this : and(json.text());
    }
}
