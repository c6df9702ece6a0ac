package io.parley.storage.sorted;

import org.jspecify.annotations.Nullable;

/**
 * A row of a sorted list.
 *
 * @param key what it is sorted by; null if it has none
 * @param bytes what it takes
 */
public record SortedRow<T>(T item, @Nullable Object key, long bytes) {}
