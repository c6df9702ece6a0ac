package io.parley.gateway;

import io.parley.contracts.Search.Found;
import io.parley.contracts.Search.Hit;
import io.parley.kernel.RankCursor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of what was found.
 *
 * @param nextCursor where the next page begins; null on the last one
 */
record Hits(List<Hit> items, @Nullable RankCursor nextCursor) {
    static Hits of(Found found) {
        return new Hits(found.hits(), found.next());
    }
}
