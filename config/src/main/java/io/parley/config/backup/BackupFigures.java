package io.parley.config.backup;

import io.parley.storage.backup.BackupResult;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** How the scheduled backups of this process went, for whoever watches them. */
public final class BackupFigures {
    /** @param at when it ended */
    public record Success(Instant at, BackupResult result) {}

    private final AtomicLong failures = new AtomicLong();
    private volatile @Nullable Success last;

    void succeeded(BackupResult result) {
        last = new Success(Instant.now(), result);
    }

    void failed() {
        failures.incrementAndGet();
    }

    /** Null if none has succeeded since the start. */
    public @Nullable Success last() {
        return last;
    }

    public long failures() {
        return failures.get();
    }
}
