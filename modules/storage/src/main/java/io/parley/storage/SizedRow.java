package io.parley.storage;

import java.util.List;

/**
 * A row of {@link BoundedRows}.
 *
 * @param bytesUpTo of all rows up to this one
 * @param hasNext whether the statement without its bound in bytes returns another row
 */
record SizedRow<T>(T item, long bytesUpTo, boolean hasNext) {
    /**
     * The page that so many rows and bytes have room for; a single row that is larger comes alone.
     *
     * @param rows read with a limit that is one higher
     */
    static <T extends Record> SizedPage<T> page(List<SizedRow<T>> rows, int limit, long bytes) {
        int fitting = 0;
        while (fitting < rows.size() && rows.get(fitting).bytesUpTo() <= bytes) fitting++;
        int size = Math.min(Math.min(limit, rows.size()), Math.max(1, fitting));
        var kept = rows.subList(0, size);
        boolean hasNext = size > 0 && kept.get(size - 1).hasNext();
        return new SizedPage<>(kept.stream().map(SizedRow::item).toList(), hasNext, hasNext && size < limit);
    }
}
