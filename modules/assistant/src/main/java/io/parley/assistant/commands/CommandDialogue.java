package io.parley.assistant.commands;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.parley.assistant.models.ModelReply;
import io.parley.assistant.models.Prompt;
import io.parley.assistant.tools.ListTasks;
import io.parley.json.JsonForm;
import io.parley.json.StrictJson;
import io.parley.kernel.Json;
import io.parley.kernel.Problem;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads a prompt as a dialogue of commands: the last command, the tool result that it waits for, and the tasks that the
 * numbers of the last list stand for.
 */
final class CommandDialogue {
    private static final JsonNode NOTHING = JsonNodeFactory.instance.objectNode();
    private static final String UNREADABLE = "That did not work: the result of the tool could not be read.";

    private final CommandParser parser;
    private final Map<String, String> toolsByCallId = new HashMap<>();
    private ListedTasks lastList = ListedTasks.NONE;
    private Command command = FixedReply.NOT_UNDERSTOOD;
    private @Nullable String answeredTool;
    private JsonNode result = NOTHING;

    private CommandDialogue(CommandParser parser) {
        this.parser = parser;
    }

    static CommandDialogue of(List<Prompt.Line> messages, CommandParser parser) {
        var dialogue = new CommandDialogue(parser);
        messages.forEach(dialogue::read);
        return dialogue;
    }

    ModelReply next() {
        return answeredTool == null ? command.begin(lastList) : continueWith(answeredTool);
    }

    private ModelReply continueWith(String tool) {
        if (result.path("error").isTextual())
            return Command.say("That did not work. " + result.get("error").textValue());
        try {
            return command.continueWith(tool, result);
        } catch (Problem unreadable) {
            return Command.say(UNREADABLE);
        }
    }

    private void read(Prompt.Line line) {
        var content = Objects.requireNonNullElse(line.content(), "");
        switch (line.role()) {
            case USER -> {
                command = parser.parse(content);
                answeredTool = null;
            }
            case ASSISTANT -> {
                readCalls(line.toolCalls());
                answeredTool = null;
            }
            case TOOL -> {
                answeredTool = toolsByCallId.getOrDefault(Objects.requireNonNullElse(line.toolCallId(), ""), "");
                result = parse(content);
                if (answeredTool.equals(ListTasks.NAME)) readList();
            }
            case SYSTEM -> {}
        }
    }

    private void readCalls(@Nullable Json calls) {
        if (calls == null) return;
        for (var call : parse(calls.text()))
            toolsByCallId.put(
                    call.path("id").asText(), call.at("/function/name").asText());
    }

    private void readList() {
        try {
            var shown = command.shown(JsonForm.bind(result, ListTasks.Result.class));
            if (!shown.byNumber().isEmpty()) lastList = shown;
        } catch (Problem noList) {
            // An error, or a message that a client made up. Neither shows numbers.
        }
    }

    // Clients may post tool messages with any content.
    private static JsonNode parse(String json) {
        try {
            var value = StrictJson.parse(Buffer.buffer(json));
            return value.isContainerNode() ? value : NOTHING;
        } catch (Problem malformed) {
            return NOTHING;
        }
    }
}
