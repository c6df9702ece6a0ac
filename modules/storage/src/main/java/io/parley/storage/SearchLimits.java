package io.parley.storage;

import java.time.Duration;

/**
 * What a full-text search may cost.
 *
 * @param words of a query; several characters of a script without spaces are one word
 * @param time of each of its statements
 */
public record SearchLimits(int words, Duration time) {
    public static final SearchLimits DEFAULT = new SearchLimits(16, Duration.ofSeconds(2));
}
