package io.parley.assistant.tools;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.assistant.models.ToolDescription;
import io.parley.contracts.search.Search;
import io.parley.contracts.search.Search.Hit;
import io.parley.contracts.search.Search.Results;
import io.parley.json.JsonForm;
import io.parley.kernel.Bus;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Searches the messages of all of the caller's conversations. */
public final class SearchMessages implements Tool {
    public static final String NAME = "search_messages";
    private static final int MAX_LIMIT = 20;
    private static final int DEFAULT_LIMIT = 10;

    // In characters. A snippet has few words, but one of them can be as long as a message.
    private static final int MAX_SNIPPET = 500;

    record Arguments(String q, @Nullable Integer limit) {}

    /** @param more whether there are further matches */
    public record Result(List<MessageView> messages, boolean more) {
        public Result {
            messages = List.copyOf(messages);
        }
    }

    /** @param snippet the text around the match */
    public record MessageView(UUID id, @Nullable UUID conversationId, String snippet, Instant createdAt) {
        public MessageView {
            Objects.requireNonNull(snippet);
            Objects.requireNonNull(createdAt);
        }
    }

    private final Bus bus;

    SearchMessages(Bus bus) {
        this.bus = bus;
    }

    @Override
    public ToolDescription description() {
        return ToolDescription.of(
                NAME,
                "Search the messages of all the user's conversations, best matches first. Returns the text around "
                        + "each match. The results may include the message that asks for the search.",
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
                    "limit": {
                      "type": "integer", "minimum": 1, "maximum": %d,
                      "description": "Maximum number of messages. Defaults to %d."
                    }
                  }
                }
                """.formatted(Search.MAX_QUERY, MAX_LIMIT, DEFAULT_LIMIT));
    }

    @Override
    public Future<String> run(ToolContext context, JsonNode json) {
        var arguments = JsonForm.bind(json, Arguments.class);
        int limit = arguments.limit() == null ? DEFAULT_LIMIT : arguments.limit();
        return bus.ask(Search.of(Search.Type.MESSAGE), new Search.Query(context.caller(), arguments.q(), limit, null))
                .map(found -> JsonForm.write(result(found)).toString());
    }

    private static Result result(Results found) {
        return new Result(found.hits().stream().map(SearchMessages::view).toList(), found.more());
    }

    private static MessageView view(Hit hit) {
        return new MessageView(
                hit.id(), hit.conversationId(), Excerpt.of(withoutHtml(hit.snippet()), MAX_SNIPPET), hit.createdAt());
    }

    // The snippet of a hit is HTML, because other callers show it in a browser.
    private static String withoutHtml(String html) {
        return html.replaceAll("</?mark>", "")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }
}
