package io.parley.gateway.routes;

import io.parley.contracts.search.Search;
import io.parley.contracts.search.Search.HitPage;
import io.parley.gateway.contract.Operations;
import io.parley.gateway.contract.Request;
import io.parley.kernel.Bus;
import io.vertx.core.Future;
import java.util.List;

/** Full-text search: asks the module of each type, and answers the best hits of all. */
final class SearchRoutes {
    private final Bus bus;

    SearchRoutes(Bus bus) {
        this.bus = bus;
    }

    void mount(Operations operations) {
        operations.on("search", this::search);
    }

    private Future<HitPage> search(Request request) {
        var query = new Search.Query(
                request.caller(),
                request.query().required("q", String.class),
                request.query().required("limit", Integer.class),
                request.query().rankCursor());
        var results = types(request).stream()
                .map(type -> bus.ask(Search.of(type), query))
                .toList();
        return Future.all(results)
                .map(all -> HitPage.bestOf(results.stream().map(Future::result).toList(), query.limit()));
    }

    private static List<Search.Type> types(Request request) {
        var type = request.query().choice("type", Search.Type.class);
        return type == null ? List.of(Search.Type.values()) : List.of(type);
    }
}
