package io.parley.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is asked for.
 *
 * @param cursor the page begins behind it; null asks for the first page
 * @param limit at most so many items, 1 to 200
 */
public record PageRequest(@Nullable Cursor cursor, int limit, Order order) {
    public enum Order {
        ASC,
        DESC
    }
}
