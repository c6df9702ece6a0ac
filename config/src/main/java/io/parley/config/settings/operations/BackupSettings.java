package io.parley.config.settings.operations;

import io.parley.config.settings.sources.SettingValues;
import io.parley.kernel.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Backups of the embedded database.
 *
 * @param interval between two scheduled backups; empty makes none
 * @param directory of the scheduled backups
 * @param keep how many of them are kept
 * @param passphrase encrypts the secrets in all backups
 */
public record BackupSettings(Optional<Duration> interval, Path directory, int keep, Optional<Secret> passphrase) {
    public static BackupSettings read(SettingValues values) {
        return new BackupSettings(
                readInterval(values),
                values.optional("backup.dir").isPresent()
                        ? values.path("backup.dir")
                        : values.path("data.dir").resolve("backups"),
                values.number("backup.keep", 1, 10_000),
                values.secret("backup.passphrase"));
    }

    private static Optional<Duration> readInterval(SettingValues values) {
        if (values.optional("backup.interval").isEmpty()) return Optional.empty();
        var interval = values.duration("backup.interval", Duration.ofSeconds(1), Duration.ofDays(365));
        if (values.secret("database.url").isPresent())
            throw values.invalid(
                    "backup.interval",
                    "is for the embedded PostgreSQL only, but database.url is set: schedule pg_dump instead");
        return Optional.of(interval);
    }
}
