package io.parley.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Which page of a list to read.
 *
 * @param cursor the page begins after it; null for the first page
 * @param limit maximum number of items, 1 to 200
 */
public record PageRequest(@Nullable Cursor cursor, int limit, Order order) {
    public enum Order {
        ASC,
        DESC
    }
}
