package io.parley.gateway.routes;

import io.parley.contracts.search.Search;
import io.parley.contracts.search.Search.Results;
import io.parley.gateway.contract.Operations;
import io.parley.gateway.contract.Request;
import io.parley.kernel.Bus;
import io.vertx.core.Future;
import java.util.List;

/** HTTP for finding by words: every module that may know something is asked, and the best of all is answered. */
public final class SearchRoutes {
    private final Bus bus;

    public SearchRoutes(Bus bus) {
        this.bus = bus;
    }

    public void mount(Operations operations) {
        operations.on("search", this::search);
    }

    private Future<SearchResults> search(Request request) {
        var query = new Search.Query(
                request.caller(),
                request.given("q", String.class),
                request.given("limit", Integer.class),
                request.rankCursor());
        var asked = types(request).stream()
                .map(type -> bus.ask(Search.of(type), query))
                .toList();
        return Future.all(asked)
                .map(all -> Results.merge(asked.stream().map(Future::result).toList(), query.limit()))
                .map(SearchResults::of);
    }

    private static List<Search.Type> types(Request request) {
        var type = request.choice("type", Search.Type.class);
        return type == null ? List.of(Search.Type.values()) : List.of(type);
    }
}
