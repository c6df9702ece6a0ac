package io.parley.gateway.routes;

import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.messages.Message;
import io.parley.contracts.search.Search;
import io.parley.contracts.search.Search.HitPage;
import io.parley.contracts.search.Search.NotSearched;
import io.parley.contracts.search.Search.SearchedPage;
import io.parley.contracts.search.Search.Unsearched;
import io.parley.gateway.contract.Operations;
import io.parley.gateway.contract.Request;
import io.parley.gateway.limits.SearchLimit;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Problem;
import io.vertx.core.Future;
import java.util.List;
import java.util.Locale;

/** Full-text search: asks the module of each type, and answers the best hits of all. */
final class SearchRoutes {
    private final Bus bus;
    private final SearchLimit limit;

    SearchRoutes(Bus bus, SearchLimit limit) {
        this.bus = bus;
        this.limit = limit;
    }

    void mount(Operations operations) {
        operations.on("search", this::search);
    }

    private Future<SearchedPage> search(Request request) {
        var query = new Search.Query(
                request.caller(),
                request.query().required("q", String.class),
                filter(request),
                request.query().required("limit", Integer.class),
                request.query().rankCursor());
        var types = types(request, query.filter());
        return requireConversation(query)
                .compose(found -> limit.run(request.caller().userId(), () -> search(types, query)))
                .compose(page -> notSearched(request.caller()).map(page::with));
    }

    private static Search.Filter filter(Request request) {
        return new Search.Filter(
                request.query().uuid("conversation_id"),
                request.query().choice("role", Message.Role.class),
                request.query().time("from"),
                request.query().time("to"));
    }

    private static List<Search.Type> types(Request request, Search.Filter filter) {
        var type = request.query().choice("type", Search.Type.class);
        if (filter.role() == null) return type == null ? List.of(Search.Type.values()) : List.of(type);
        if (type != null && type != Search.Type.MESSAGE)
            throw Problem.invalid(
                    "role",
                    "must not be combined with the type " + type.name().toLowerCase(Locale.ROOT)
                            + ", because only messages have a role");
        return List.of(Search.Type.MESSAGE);
    }

    // A filter that names another user's conversation is a mistake, not a search without hits.
    private Future<?> requireConversation(Search.Query query) {
        var id = query.filter().conversationId();
        return id == null
                ? Future.succeededFuture()
                : bus.ask(Conversations.FIND, new Conversations.Find(query.caller(), id));
    }

    private Future<NotSearched> notSearched(Caller caller) {
        var conversations = unsearched(caller, Search.Type.CONVERSATION);
        var tasks = unsearched(caller, Search.Type.TASK);
        return Future.all(conversations, tasks)
                .map(counted -> new NotSearched(
                        conversations.result().count(), tasks.result().count()));
    }

    private Future<Unsearched> unsearched(Caller caller, Search.Type type) {
        return caller.may(type.scope())
                ? bus.ask(Search.unsearched(type), new Search.FindUnsearched(caller))
                : Future.succeededFuture(Unsearched.NONE);
    }

    private Future<HitPage> search(List<Search.Type> types, Search.Query query) {
        var results = types.stream()
                .filter(type -> query.caller().may(type.scope()))
                .map(type -> bus.ask(Search.of(type), query))
                .toList();
        // Not all(): a search that goes on after another one has failed is still in progress.
        return Future.join(results)
                .map(all -> HitPage.bestOf(results.stream().map(Future::result).toList(), query.limit()));
    }
}
