package io.parley.retention;

import java.time.Duration;

/**
 * How long deleted items are kept.
 *
 * @param trashAge how long the trash keeps an item before a purge deletes it
 * @param interval the mean time between two purges
 */
public record RetentionSettings(Duration trashAge, Duration interval) {}
