package io.parley.retention;

import java.time.Duration;

/**
 * How long things are kept.
 *
 * @param deleted how long the trash keeps what was deleted
 * @param interval the mean time between two purges
 */
public record RetentionSettings(Duration deleted, Duration interval) {}
