package io.parley.config.backup;

import io.parley.config.settings.operations.BackupSettings;
import io.parley.config.telemetry.BackupMeters;
import io.parley.storage.backup.BackupArchive;
import io.parley.storage.backup.BackupException;
import io.parley.storage.backup.BackupFile;
import io.parley.storage.backup.BackupFolder;
import io.parley.storage.backup.BackupResult;
import io.parley.storage.backup.BackupWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a backup whenever the newest one is old enough, however often the process was restarted meanwhile. */
public final class BackupSchedule implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(BackupSchedule.class);
    private static final int RETRIES_PER_INTERVAL = 4;

    private final BackupSettings settings;
    private final Duration interval;
    private final BackupFolder folder;
    private final Supplier<BackupWriter> writers;
    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(BackupSchedule::thread);
    private volatile boolean isClosed;

    private BackupSchedule(BackupSettings settings, Duration interval, Supplier<BackupWriter> writers) {
        this.settings = settings;
        this.interval = interval;
        this.folder = new BackupFolder(settings.directory());
        this.writers = writers;
    }

    /** @param writers makes the writer of one backup, which has the secrets of that time */
    public static BackupSchedule start(BackupSettings settings, Duration interval, Supplier<BackupWriter> writers) {
        var schedule = new BackupSchedule(settings, interval, writers);
        schedule.scheduleNext();
        return schedule;
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(work, "backups");
        thread.setDaemon(true);
        return thread;
    }

    private void scheduleNext() {
        try {
            scheduleIn(folder.newest()
                    .map(newest -> Duration.between(Instant.now(), newest.plus(interval)))
                    .orElse(Duration.ZERO));
        } catch (IOException failure) {
            failed(failure);
        }
    }

    private void scheduleIn(Duration delay) {
        // The newest file may be from the future, if the clock was wrong.
        var bounded = delay.compareTo(interval) > 0 ? interval : delay;
        if (!isClosed) worker.schedule(this::run, Math.max(0, bounded.toMillis()), TimeUnit.MILLISECONDS);
    }

    private void run() {
        try {
            Files.createDirectories(folder.folder());
            var result = backUp(folder.fileOf(Instant.now()));
            folder.keep(settings.keep());
            BackupMeters.succeeded(result.took(), result.bytes());
            log.info("Made a backup in {}: {}", folder.folder(), result);
            scheduleNext();
        } catch (IOException | RuntimeException failure) {
            failed(failure);
        }
    }

    private BackupResult backUp(Path file) throws IOException {
        var result = BackupFile.write(writers.get(), file);
        try (var written = BackupArchive.open(file)) {
            written.verify();
            return result;
        } catch (BackupException failure) {
            Files.deleteIfExists(file);
            throw failure;
        }
    }

    private void failed(Exception failure) {
        if (isClosed) return;
        BackupMeters.failed();
        log.error("The scheduled backup in {} failed: {}", folder.folder(), failure.getMessage());
        scheduleIn(interval.dividedBy(RETRIES_PER_INTERVAL));
    }

    /** A backup in progress is broken off when the database is closed. */
    @Override
    public void close() {
        isClosed = true;
        worker.shutdownNow();
    }
}
