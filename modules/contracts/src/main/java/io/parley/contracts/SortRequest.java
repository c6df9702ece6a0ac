package io.parley.contracts;

import io.parley.kernel.PageRequest.Order;
import io.parley.kernel.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a sorted list to read.
 *
 * @param cursor the page begins after it; null for the first page
 * @param limit maximum number of items, 1 to 200
 */
public record SortRequest(@Nullable SortCursor cursor, int limit, Order order) {
    /** The problem of a cursor that no page of the list has returned. */
    public static Problem invalidCursor() {
        return Problem.invalid("cursor", "must be the next_cursor of a page of this list");
    }
}
