package io.parley.storage.backup;

import java.time.Duration;
import java.util.Locale;

/** A backup that was made or restored. */
public record BackupResult(int tables, long rows, long bytes, Duration took) {
    static BackupResult of(Manifest manifest, long bytes, long startedNanos) {
        return new BackupResult(
                manifest.tables().size(), manifest.rows(), bytes, Duration.ofNanos(System.nanoTime() - startedNanos));
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%d tables, %d rows, %d bytes, %.1f seconds", tables, rows, bytes, took.toMillis() / 1e3);
    }
}
