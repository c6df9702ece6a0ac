package io.parley.assistant.tools;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.assistant.models.ToolDescription;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.MessagePart;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.messages.Messages.Which;
import io.parley.json.JsonForm;
import io.parley.kernel.Bus;
import io.parley.kernel.Cursor;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import io.parley.kernel.PageRequest.Order;
import io.parley.kernel.access.Scope;
import io.vertx.core.Future;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the messages of one of the caller's conversations: the newest page first, each page in the order of the messages. */
public final class ReadConversation implements Tool {
    private static final String NAME = "read_conversation";
    private static final int MAX_LIMIT = 50;
    private static final int DEFAULT_LIMIT = 20;

    /** In characters (Unicode code points). */
    private static final int MAX_TEXT = 500;

    record Arguments(
            UUID id, @Nullable Integer limit, @Nullable String cursor) {}

    private record Result(
            List<MessageView> messages, @Nullable String nextCursor) {}

    /** @param createdAt RFC 3339 with the user's offset */
    private record MessageView(
            UUID id,
            Message.Role role,
            @Nullable String text,
            @Nullable List<FileView> files,
            String createdAt) {}

    private record FileView(UUID id, @Nullable String name) {}

    private final Bus bus;
    private final int maxCharacters;

    /** @param maxCharacters of a result, after which its page ends */
    public ReadConversation(Bus bus, int maxCharacters) {
        this.bus = bus;
        this.maxCharacters = maxCharacters;
    }

    @Override
    public ToolDescription description() {
        return ToolDescription.of(
                NAME,
                "Read one of the user's conversations, its last messages first. Long texts are shortened and end in an ellipsis.",
                """
                {
                  "type": "object",
                  "additionalProperties": false,
                  "required": ["id"],
                  "properties": {
                    "id": {
                      "type": "string", "format": "uuid",
                      "description": "The id of the conversation, as list_conversations and search_messages return it."
                    },
                    "limit": {
                      "type": "integer", "minimum": 1, "maximum": %d,
                      "description": "Maximum number of messages. Defaults to %d."
                    },
                    "cursor": {
                      "type": "string", "minLength": 1, "maxLength": 255,
                      "description": "The next_cursor of the previous page, for the messages before it."
                    }
                  }
                }
                """.formatted(MAX_LIMIT, DEFAULT_LIMIT));
    }

    @Override
    public Scope scope() {
        return Scope.CONVERSATIONS_READ;
    }

    @Override
    public Future<String> run(ToolContext context, JsonNode json) {
        var arguments = JsonForm.bind(json, Arguments.class);
        int limit = arguments.limit() == null ? DEFAULT_LIMIT : arguments.limit();
        var page = new PageRequest(ToolCursors.cursor(arguments.cursor()), limit, Order.DESC);
        var query = new Messages.ListConversation(context.caller(), arguments.id(), Which.CURRENT_BRANCH, page);
        return bus.ask(Messages.LIST_CONVERSATION, query)
                .map(found ->
                        ToolJson.longest(found.items(), maxCharacters, items -> result(found, items, context.zone())));
    }

    private static Result result(Page<Message> page, List<Message> newestFirst, ZoneId zone) {
        var views = new ArrayList<MessageView>();
        for (var message : newestFirst) views.add(view(message, zone));
        Collections.reverse(views);
        return new Result(
                views, ToolCursors.next(page, newestFirst, message -> new Cursor(message.createdAt(), message.id())));
    }

    private static MessageView view(Message message, ZoneId zone) {
        return new MessageView(
                message.id(),
                message.role(),
                message.content() == null ? null : Excerpt.of(message.content(), MAX_TEXT),
                files(message),
                TaskView.time(message.createdAt(), zone));
    }

    private static @Nullable List<FileView> files(Message message) {
        var parts = message.parts();
        return parts == null || !MessagePart.haveFile(parts)
                ? null
                : parts.stream()
                        .filter(MessagePart::namesFile)
                        .map(part -> new FileView(part.requireFileId(), part.name()))
                        .toList();
    }
}
