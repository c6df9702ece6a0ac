package io.parley.assistant.tools.programs;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.assistant.models.ToolDescription;
import io.parley.assistant.tools.Tool;
import io.parley.assistant.tools.ToolContext;
import io.parley.assistant.tools.ToolCursors;
import io.parley.assistant.tools.ToolJson;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.search.Search;
import io.parley.contracts.search.Search.Hit;
import io.parley.contracts.search.Search.HitPage;
import io.parley.contracts.search.Search.Results;
import io.parley.json.JsonForm;
import io.parley.kernel.Bus;
import io.parley.kernel.access.Scope;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Searches the caller's messages, tasks and conversations, as far as the token permits reading them. */
record SearchAll(Bus bus, int maxCharacters) implements Tool {
    private static final int MAX_LIMIT = 50;
    private static final int DEFAULT_LIMIT = 20;

    record Arguments(
            String q,
            Search.@Nullable Type type,
            @Nullable Integer limit,
            @Nullable String cursor) {}

    private record Result(List<HitView> hits, @Nullable String nextCursor) {}

    /**
     * @param snippet the text around the match, which is no HTML
     * @param createdAt RFC 3339 with the user's offset
     */
    private record HitView(
            Search.Type type,
            UUID id,
            @Nullable UUID conversationId,
            @Nullable Role role,
            @Nullable String title,
            String snippet,
            String createdAt) {}

    @Override
    public ToolDescription description() {
        return ToolDescription.of(
                "search",
                "Search the user's messages, tasks and conversations, best matches first. Returns the text around each match.",
                """
                {
                  "type": "object",
                  "additionalProperties": false,
                  "required": ["q"],
                  "properties": {
                    "q": {
                      "type": "string", "minLength": 1, "maxLength": %d,
                      "description": "Words that must all occur. Also supported: \\"a phrase\\", or, -excluded."
                    },
                    "type": {
                      "type": "string", "enum": ["message", "task", "conversation"],
                      "description": "What to search; everything by default."
                    },
                    "limit": {
                      "type": "integer", "minimum": 1, "maximum": %d,
                      "description": "Maximum number of matches. Defaults to %d."
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
    public @Nullable Scope scope() {
        return null;
    }

    @Override
    public Future<String> run(ToolContext context, JsonNode json) {
        var arguments = JsonForm.bind(json, Arguments.class);
        int limit = arguments.limit() == null ? DEFAULT_LIMIT : arguments.limit();
        var query =
                new Search.Query(context.caller(), arguments.q(), limit, ToolCursors.rankCursor(arguments.cursor()));
        var parts = Stream.of(Search.Type.values())
                .filter(type -> arguments.type() == null || arguments.type() == type)
                .filter(type -> context.caller().may(type.scope()))
                .map(type -> bus.ask(Search.of(type), query))
                .toList();
        return Future.join(parts)
                .map(all -> parts.stream().map(Future::result).toList())
                .map(found -> text(context, found, limit));
    }

    private String text(ToolContext context, List<Results> found, int limit) {
        var page = HitPage.bestOf(found, limit);
        return ToolJson.longest(
                page.items(),
                maxCharacters,
                hits -> new Result(
                        hits.stream().map(hit -> view(context, hit)).toList(), next(page, found, hits.size())));
    }

    // A page that has no room for all its hits ends earlier.
    private static @Nullable String next(HitPage page, List<Results> found, int shown) {
        var next = shown == page.items().size()
                ? page.nextCursor()
                : HitPage.bestOf(found, shown).nextCursor();
        return next == null ? null : next.text();
    }

    private static HitView view(ToolContext context, Hit hit) {
        return new HitView(
                hit.type(),
                hit.id(),
                hit.conversationId(),
                hit.role(),
                hit.title(),
                hit.plainSnippet(),
                context.text(hit.createdAt()));
    }
}
