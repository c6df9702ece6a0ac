package io.parley.gateway.routes;

import io.parley.contracts.search.Search;
import io.parley.contracts.search.Search.Results;
import io.parley.gateway.contract.Operations;
import io.parley.gateway.contract.Request;
import io.parley.kernel.Bus;
import io.vertx.core.Future;
import java.util.List;

/** HTTP for finding by words: every module that may know something is asked, and the best of all is answered. */
final class SearchRoutes {
    private final Bus bus;

    SearchRoutes(Bus bus) {
        this.bus = bus;
    }

    void mount(Operations operations) {
        operations.on("search", this::search);
    }

    private Future<SearchResults> search(Request request) {
        var query = new Search.Query(
                request.caller(),
                request.query().required("q", String.class),
                request.query().required("limit", Integer.class),
                request.query().rankCursor());
        var asked = types(request).stream()
                .map(type -> bus.ask(Search.of(type), query))
                .toList();
        return Future.all(asked)
                .map(all -> Results.merge(asked.stream().map(Future::result).toList(), query.limit()))
                .map(SearchResults::of);
    }

    private static List<Search.Type> types(Request request) {
        var type = request.query().choice("type", Search.Type.class);
        return type == null ? List.of(Search.Type.values()) : List.of(type);
    }
}
