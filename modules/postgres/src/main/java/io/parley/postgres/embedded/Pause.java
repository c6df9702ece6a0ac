package io.parley.postgres.embedded;

import io.parley.postgres.DatabaseException;
import java.time.Duration;

/** Blocks the calling thread, which must not be an event loop. */
final class Pause {
    static void forDuration(Duration duration) {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DatabaseException("interrupted while waiting for PostgreSQL", interrupted);
        }
    }

    private Pause() {}
}
