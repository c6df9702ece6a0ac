package io.parley.assistant.tools;

import static io.parley.testing.Fixtures.adasTripPlan;

import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.search.Search;
import io.parley.contracts.search.Search.Hit;
import io.parley.contracts.search.Search.Results;
import io.parley.kernel.Bus;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** Finds the same message for each query, or nothing, and records the queries. */
public final class SearchFake {
    static final UUID MESSAGE = UUID.fromString("01900000-0000-7000-8000-00000000ada2");

    public final List<Search.Query> queries = new CopyOnWriteArrayList<>();
    public volatile String snippet = "";
    volatile Predicate<Search.Query> found = query -> true;

    public Future<?> answer(Bus bus) {
        return bus.answer(Search.of(Search.Type.MESSAGE), this::search);
    }

    private Future<Results> search(Search.Query query) {
        queries.add(query);
        var hit = new Hit(Search.Type.MESSAGE, MESSAGE, adasTripPlan, Role.USER, null, snippet, 0.5f, Instant.EPOCH);
        var hits = found.test(query) ? List.of(hit) : List.<Hit>of();
        return Future.succeededFuture(new Results(hits, false, Instant.EPOCH));
    }
}
