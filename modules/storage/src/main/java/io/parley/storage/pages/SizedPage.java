package io.parley.storage.pages;

import io.parley.kernel.Cursor;
import io.parley.kernel.Page;
import java.util.List;
import java.util.function.Function;

/**
 * A page that is bounded in bytes.
 *
 * @param isCutByBytes whether it has fewer items than requested, although there are more
 */
public record SizedPage<T extends Record>(List<T> items, boolean hasNext, boolean isCutByBytes) {
    /** @param items read with a limit that is one higher */
    public static <T extends Record> SizedPage<T> of(List<T> items, int limit) {
        boolean hasNext = items.size() > limit;
        return new SizedPage<>(hasNext ? items.subList(0, limit) : items, hasNext, false);
    }

    public Page<T> toPage(Function<T, Cursor> position) {
        return new Page<>(items, hasNext ? position.apply(items.get(items.size() - 1)) : null);
    }
}
