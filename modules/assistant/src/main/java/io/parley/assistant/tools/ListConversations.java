package io.parley.assistant.tools;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.assistant.models.ToolDescription;
import io.parley.contracts.conversations.Conversation;
import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.search.RankCursor;
import io.parley.contracts.search.Search;
import io.parley.contracts.search.Search.Hit;
import io.parley.contracts.search.Search.HitPage;
import io.parley.contracts.search.Search.Results;
import io.parley.json.JsonForm;
import io.parley.kernel.Bus;
import io.parley.kernel.Cursor;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import io.parley.kernel.PageRequest.Order;
import io.parley.kernel.access.Scope;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Lists the caller's conversations, those with the newest messages first, or searches their titles. */
public final class ListConversations implements Tool {
    private static final String NAME = "list_conversations";
    private static final int MAX_LIMIT = 20;
    private static final int DEFAULT_LIMIT = 10;

    record Arguments(
            @Nullable String q,
            @Nullable Integer limit,
            @Nullable String cursor) {}

    private record Result(
            List<ConversationView> conversations, @Nullable String nextCursor) {}

    /** @param lastActive RFC 3339 with the user's offset; null in the results of a search */
    private record ConversationView(
            UUID id,
            @Nullable String title,
            @Nullable String lastActive,
            @Nullable String createdAt) {}

    private final Bus bus;
    private final int maxCharacters;

    /** @param maxCharacters of a result, after which its page ends */
    public ListConversations(Bus bus, int maxCharacters) {
        this.bus = bus;
        this.maxCharacters = maxCharacters;
    }

    @Override
    public ToolDescription description() {
        return ToolDescription.of(
                NAME,
                "List the user's conversations, the most recently active first, or search their titles.",
                """
                {
                  "type": "object",
                  "additionalProperties": false,
                  "properties": {
                    "q": {
                      "type": "string", "minLength": 1, "maxLength": %d,
                      "description": "Words that the title or the description must all have."
                    },
                    "limit": {
                      "type": "integer", "minimum": 1, "maximum": %d,
                      "description": "Maximum number of conversations. Defaults to %d."
                    },
                    "cursor": {
                      "type": "string", "minLength": 1, "maxLength": 255,
                      "description": "The next_cursor of the previous page; repeat its other arguments."
                    }
                  }
                }
                """.formatted(Search.MAX_QUERY, MAX_LIMIT, DEFAULT_LIMIT));
    }

    @Override
    public Scope scope() {
        return Scope.CONVERSATIONS_READ;
    }

    @Override
    public Future<String> run(ToolContext context, JsonNode json) {
        var arguments = JsonForm.bind(json, Arguments.class);
        int limit = arguments.limit() == null ? DEFAULT_LIMIT : arguments.limit();
        return arguments.q() == null
                ? list(context, limit, arguments.cursor())
                : search(context, arguments.q(), limit, arguments.cursor());
    }

    private Future<String> list(ToolContext context, int limit, @Nullable String cursor) {
        var page = new PageRequest(ToolCursors.cursor(cursor), limit, Order.DESC);
        return bus.ask(Conversations.LIST, new Conversations.ListMine(context.caller(), page))
                .map(found ->
                        ToolJson.longest(found.items(), maxCharacters, items -> listed(found, items, context.zone())));
    }

    private static Result listed(Page<Conversation> page, List<Conversation> items, ZoneId zone) {
        var views = items.stream()
                .map(each -> new ConversationView(each.id(), each.title(), time(each.updatedAt(), zone), null))
                .toList();
        return new Result(views, ToolCursors.next(page, items, each -> new Cursor(each.updatedAt(), each.id())));
    }

    private Future<String> search(ToolContext context, String q, int limit, @Nullable String cursor) {
        RankCursor after = ToolCursors.rankCursor(cursor);
        return bus.ask(Search.of(Search.Type.CONVERSATION), new Search.Query(context.caller(), q, limit, after))
                .map(found ->
                        ToolJson.longest(found.hits(), maxCharacters, hits -> found(found, hits, context.zone())));
    }

    private static Result found(Results found, List<Hit> hits, ZoneId zone) {
        var views = hits.stream()
                .map(hit -> new ConversationView(hit.id(), hit.title(), null, time(hit.createdAt(), zone)))
                .toList();
        var next = HitPage.bestOf(List.of(found), hits.size()).nextCursor();
        return new Result(views, next == null ? null : next.text());
    }

    private static String time(Instant time, ZoneId zone) {
        return TaskView.time(time, zone);
    }
}
