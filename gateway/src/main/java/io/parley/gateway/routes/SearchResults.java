package io.parley.gateway.routes;

import io.parley.contracts.search.RankCursor;
import io.parley.contracts.search.Search.Hit;
import io.parley.contracts.search.Search.Results;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of what was found.
 *
 * @param nextCursor where the next page begins; null on the last one
 */
record SearchResults(List<Hit> items, @Nullable RankCursor nextCursor) {
    static SearchResults of(Results found) {
        return new SearchResults(found.hits(), found.next());
    }
}
