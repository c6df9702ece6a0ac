package io.parley.storage.sorted;

import io.parley.contracts.SortCursor;
import io.parley.contracts.SortedPage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * A stretch of a sorted list.
 *
 * @param isComplete whether no further rows follow
 */
public record SortedRows<T extends Record>(List<SortedRow<T>> rows, boolean isComplete) {
    public SortedRows {
        rows = List.copyOf(rows);
    }

    /** Both in one order, as far as it is known: behind the last row of one that is incomplete, nothing is. */
    public SortedRows<T> merged(SortedRows<T> other, Comparator<SortedRow<T>> order) {
        var merged = new ArrayList<SortedRow<T>>(rows.size() + other.rows.size());
        int own = 0;
        int others = 0;
        while (own < rows.size() || others < other.rows.size()) {
            boolean isOwnUsedUp = own == rows.size();
            boolean isOtherUsedUp = others == other.rows.size();
            if ((isOwnUsedUp && !isComplete) || (isOtherUsedUp && !other.isComplete)) break;
            boolean takesOwn =
                    isOtherUsedUp || (!isOwnUsedUp && order.compare(rows.get(own), other.rows.get(others)) <= 0);
            merged.add(takesOwn ? rows.get(own++) : other.rows.get(others++));
        }
        boolean isAll = own == rows.size() && others == other.rows.size();
        return new SortedRows<>(merged, isAll && isComplete && other.isComplete);
    }

    /** These rows, which must be complete, and then others. */
    public SortedRows<T> followedBy(SortedRows<T> others) {
        var all = new ArrayList<>(rows);
        all.addAll(others.rows);
        return new SortedRows<>(all, others.isComplete);
    }

    /** A page of as many rows as the numbers allow; a single larger row comes alone. */
    public SortedPage<T> page(int limit, long maxBytes, Function<SortedRow<T>, SortCursor> cursor) {
        int size = 0;
        long bytes = 0;
        while (size < Math.min(limit, rows.size())) {
            bytes += rows.get(size).bytes();
            if (size > 0 && bytes > maxBytes) break;
            size++;
        }
        boolean hasNext = size > 0 && (size < rows.size() || !isComplete);
        var kept = rows.subList(0, size);
        return new SortedPage<>(
                kept.stream().map(SortedRow::item).toList(), hasNext ? cursor.apply(kept.get(size - 1)) : null);
    }
}
