package io.parley.storage;

import java.time.Duration;

/** Blocks a thread that may be blocked. */
final class Pause {
    static void of(Duration duration) {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StorageException("interrupted while waiting for PostgreSQL", interrupted);
        }
    }

    private Pause() {}
}
