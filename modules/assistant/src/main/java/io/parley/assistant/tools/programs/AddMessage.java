package io.parley.assistant.tools.programs;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.assistant.models.ToolDescription;
import io.parley.assistant.tools.Tool;
import io.parley.assistant.tools.ToolContext;
import io.parley.assistant.tools.ToolJson;
import io.parley.contracts.Limits;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.MessageDraft;
import io.parley.contracts.messages.Messages;
import io.parley.json.JsonForm;
import io.parley.kernel.Bus;
import io.parley.kernel.access.Scope;
import io.vertx.core.Future;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Posts a message to one of the caller's conversations. The assistant does not answer it. */
record AddMessage(Bus bus) implements Tool {
    record Arguments(
            UUID conversationId, String content, @Nullable Role role) {}

    /**
     * Without the content, which the caller knows.
     *
     * @param createdAt RFC 3339 with the user's offset
     */
    private record Result(UUID id, UUID conversationId, Role role, String createdAt) {}

    @Override
    public ToolDescription description() {
        return ToolDescription.of(
                "add_message",
                "Add a message at the end of one of the user's conversations, where no assistant answers it. Returns its id.",
                """
                {
                  "type": "object",
                  "additionalProperties": false,
                  "required": ["conversation_id", "content"],
                  "properties": {
                    "conversation_id": {
                      "type": "string", "format": "uuid",
                      "description": "The id of the conversation, as list_conversations and create_conversation return it."
                    },
                    "content": {"type": "string", "minLength": 1, "maxLength": %d, "description": "The text of the message."},
                    "role": {
                      "type": "string", "enum": ["user", "assistant", "system"],
                      "description": "Who says it. Defaults to user."
                    }
                  }
                }
                """.formatted(Limits.CONTENT));
    }

    @Override
    public Scope scope() {
        return Scope.CONVERSATIONS_WRITE;
    }

    @Override
    public Future<String> run(ToolContext context, JsonNode json) {
        var arguments = JsonForm.bind(json, Arguments.class);
        var role = Objects.requireNonNullElse(arguments.role(), Role.USER);
        var draft = new MessageDraft(null, null, role, arguments.content(), null, null, null, null, null);
        return bus.ask(
                        Messages.POST,
                        new Messages.Post(context.caller(), arguments.conversationId(), context.newId(), draft))
                .map(posted -> ToolJson.text(new Result(
                        posted.id(), posted.conversationId(), posted.role(), context.text(posted.createdAt()))));
    }
}
