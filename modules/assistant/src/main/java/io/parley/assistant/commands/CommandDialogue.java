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
import java.time.ZoneId;
import java.util.HashMap;
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
    private final ZoneId zone;
    private final Map<String, Call> callsById = new HashMap<>();
    private ListedTasks lastList = ListedTasks.NONE;
    private Command command = FixedReply.HELP;
    private @Nullable String answeredTool;
    private JsonNode result = NOTHING;

    private record Call(String tool, JsonNode arguments) {
        static final Call UNKNOWN = new Call("", NOTHING);
    }

    private CommandDialogue(CommandParser parser, ZoneId zone) {
        this.parser = parser;
        this.zone = zone;
    }

    static CommandDialogue of(Prompt prompt, CommandParser parser) {
        var dialogue = new CommandDialogue(parser, prompt.zone());
        prompt.messages().forEach(dialogue::read);
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
                command = parser.parse(content, zone);
                answeredTool = null;
            }
            case ASSISTANT -> {
                readCalls(line.toolCalls());
                answeredTool = null;
            }
            case TOOL -> {
                var call = callsById.getOrDefault(Objects.requireNonNullElse(line.toolCallId(), ""), Call.UNKNOWN);
                answeredTool = call.tool;
                result = parse(content);
                if (answeredTool.equals(ListTasks.NAME)) readList(call.arguments);
            }
            case SYSTEM -> {}
        }
    }

    private void readCalls(@Nullable Json calls) {
        if (calls == null) return;
        for (var call : parse(calls.text()))
            callsById.put(
                    call.path("id").asText(),
                    new Call(
                            call.at("/function/name").asText(),
                            parse(call.at("/function/arguments").asText("{}"))));
    }

    private void readList(JsonNode arguments) {
        try {
            var shown = command.shown(JsonForm.bind(result, ListTasks.Result.class), arguments);
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
