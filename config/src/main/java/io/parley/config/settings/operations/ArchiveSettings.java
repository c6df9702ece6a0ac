package io.parley.config.settings.operations;

import io.parley.config.settings.sources.SettingValues;
import java.time.Duration;

/**
 * The archive of classes from which a start reads them.
 *
 * @param wanted whether a stop makes one, and a start uses it
 * @param limit how much longer a stop may take for it
 */
public record ArchiveSettings(boolean wanted, Duration limit) {
    public static ArchiveSettings read(SettingValues values) {
        return new ArchiveSettings(
                values.flag("start.archive"),
                values.duration("start.archive-limit", Duration.ofSeconds(1), Duration.ofMinutes(30)));
    }
}
