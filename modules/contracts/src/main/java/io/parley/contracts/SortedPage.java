package io.parley.contracts;

import io.parley.kernel.Items;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a sorted list.
 *
 * @param nextCursor position after which the next page begins; null on the last page
 */
public record SortedPage<T extends Record>(
        List<T> items, @Nullable SortCursor nextCursor) implements Items<T> {
    public SortedPage {
        items = List.copyOf(items);
    }
}
