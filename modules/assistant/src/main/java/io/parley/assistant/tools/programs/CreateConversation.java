package io.parley.assistant.tools.programs;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.assistant.models.ToolDescription;
import io.parley.assistant.tools.Tool;
import io.parley.assistant.tools.ToolContext;
import io.parley.assistant.tools.ToolJson;
import io.parley.contracts.Limits;
import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.conversations.Conversations.ConversationDraft;
import io.parley.json.JsonForm;
import io.parley.kernel.Bus;
import io.parley.kernel.access.Scope;
import io.vertx.core.Future;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Creates a conversation without messages. */
record CreateConversation(Bus bus) implements Tool {
    record Arguments(@Nullable String title, @Nullable String description) {}

    /** @param createdAt RFC 3339 with the user's offset */
    private record Result(
            UUID id, @Nullable String title, @Nullable String description, String createdAt) {}

    @Override
    public ToolDescription description() {
        return ToolDescription.of(
                "create_conversation",
                "Create a conversation of the user's, without messages. Returns it with its id.",
                """
                {
                  "type": "object",
                  "additionalProperties": false,
                  "properties": {
                    "title": {"type": "string", "maxLength": %d, "description": "What it is about, in a few words."},
                    "description": {"type": "string", "maxLength": %d, "description": "What else there is to say about it."}
                  }
                }
                """.formatted(Limits.TITLE, Limits.DESCRIPTION));
    }

    @Override
    public Scope scope() {
        return Scope.CONVERSATIONS_WRITE;
    }

    @Override
    public Future<String> run(ToolContext context, JsonNode json) {
        var arguments = JsonForm.bind(json, Arguments.class);
        var draft = new ConversationDraft(arguments.title(), arguments.description(), null);
        return bus.ask(Conversations.CREATE, new Conversations.Create(context.caller(), context.newId(), draft))
                .map(made -> ToolJson.text(
                        new Result(made.id(), made.title(), made.description(), context.text(made.createdAt()))));
    }
}
