package io.parley.assistant.tools;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.assistant.models.ToolDescription;
import io.parley.contracts.search.Search;
import io.parley.contracts.search.Search.Hit;
import io.parley.contracts.search.Search.Results;
import io.parley.json.JsonForm;
import io.parley.kernel.Bus;
import io.parley.kernel.access.Scope;
import io.vertx.core.Future;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Searches the messages of all of the caller's conversations for all words, and if nothing has them all, for any. */
public final class SearchMessages implements Tool {
    public static final String NAME = "search_messages";
    private static final int MAX_LIMIT = 20;
    private static final int DEFAULT_LIMIT = 10;

    // So many messages of the turn itself can be among the best hits: the question, calls and results.
    private static final int OWN_MESSAGES = 20;

    // In characters. A snippet has few words, but one of them can be as long as a message.
    private static final int MAX_SNIPPET = 500;

    record Arguments(String q, @Nullable Integer limit) {}

    /** Whether the messages have all the words, or at least one of them. */
    public enum Match {
        ALL,
        ANY
    }

    /** @param more whether there are further matches */
    public record Result(List<MessageView> messages, Match match, boolean more) {
        public Result {
            messages = List.copyOf(messages);
        }
    }

    /**
     * @param snippet the text around the match
     * @param createdAt RFC 3339 with the user's offset
     */
    public record MessageView(UUID id, @Nullable UUID conversationId, String snippet, String createdAt) {
        public MessageView {
            Objects.requireNonNull(snippet);
            Objects.requireNonNull(createdAt);
        }
    }

    private final Bus bus;
    private final int maxCharacters;

    /** @param maxCharacters of a result */
    SearchMessages(Bus bus, int maxCharacters) {
        this.bus = bus;
        this.maxCharacters = maxCharacters;
    }

    @Override
    public ToolDescription description() {
        return ToolDescription.of(
                NAME,
                "Search the messages of all the user's conversations, best matches first. Returns the text around "
                        + "each match. If no message has all the words, returns those that have any of them.",
                """
                {
                  "type": "object",
                  "additionalProperties": false,
                  "required": ["q"],
                  "properties": {
                    "q": {
                      "type": "string", "minLength": 1, "maxLength": %d,
                      "description": "Words that should all occur. Also supported: \\"a phrase\\", or, -excluded."
                    },
                    "limit": {
                      "type": "integer", "minimum": 1, "maximum": %d,
                      "description": "Maximum number of messages. Defaults to %d."
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
        return search(context, arguments.q(), limit).compose(all -> {
            var anyWord = anyWord(arguments.q());
            return all.hits().isEmpty() && !anyWord.isEmpty()
                    ? search(context, anyWord, limit).map(any -> text(any, Match.ANY, context.zone()))
                    : Future.succeededFuture(text(all, Match.ALL, context.zone()));
        });
    }

    // Without the messages of the turn, which contain the words because they ask for them.
    private Future<Results> search(ToolContext context, String q, int limit) {
        var query = new Search.Query(context.caller(), q, limit + OWN_MESSAGES, null);
        return bus.ask(Search.of(Search.Type.MESSAGE), query).map(found -> {
            var hits = found.hits().stream()
                    .filter(hit -> !context.isOfThisTurn().test(hit.id()))
                    .toList();
            return new Results(
                    hits.subList(0, Math.min(limit, hits.size())), found.more() || hits.size() > limit, found.asOf());
        });
    }

    // Empty if there is only one word.
    private static String anyWord(String q) {
        var words = Stream.of(q.split("[\\s\"]+", -1))
                .filter(word -> !word.isBlank() && !word.startsWith("-") && !word.equalsIgnoreCase("or"))
                .toList();
        var any = words.size() < 2 ? "" : words.stream().collect(Collectors.joining(" or "));
        return any.length() > Search.MAX_QUERY ? "" : any;
    }

    private String text(Results found, Match match, ZoneId zone) {
        return ToolJson.longest(
                found.hits(),
                maxCharacters,
                hits -> new Result(
                        hits.stream().map(hit -> view(hit, zone)).toList(),
                        match,
                        found.more() || hits.size() < found.hits().size()));
    }

    private static MessageView view(Hit hit, ZoneId zone) {
        return new MessageView(
                hit.id(),
                hit.conversationId(),
                Excerpt.of(hit.plainSnippet(), MAX_SNIPPET),
                TaskView.time(hit.createdAt(), zone));
    }
}
