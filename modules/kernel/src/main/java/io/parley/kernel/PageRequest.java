package io.parley.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Which page of a list to read.
 *
 * @param cursor the page begins after it; null for the first page
 * @param limit maximum number of items, 1 to 200
 * @param bytes the page ends before the item that would exceed them, if the server's own limit does not end it before; a
 *     single larger item comes alone
 */
public record PageRequest(@Nullable Cursor cursor, int limit, Order order, int bytes) {
    /** A page of as many bytes as the server allows. */
    public PageRequest(@Nullable Cursor cursor, int limit, Order order) {
        this(cursor, limit, order, Integer.MAX_VALUE);
    }

    public enum Order {
        ASC,
        DESC
    }
}
