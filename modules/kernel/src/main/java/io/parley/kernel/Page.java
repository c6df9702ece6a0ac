package io.parley.kernel;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param nextCursor position after which the next page begins; null on the last page
 */
public record Page<T extends Record>(
        List<T> items, @Nullable Cursor nextCursor) implements Items<T> {

    /** A page of at most {@code limit} items from rows that were read with a limit one higher. */
    public static <T extends Record> Page<T> of(List<T> rows, int limit, Function<T, Cursor> position) {
        if (rows.size() <= limit) return new Page<>(rows, null);
        var items = rows.subList(0, limit);
        return new Page<>(items, position.apply(items.get(limit - 1)));
    }
}
