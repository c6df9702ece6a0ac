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

/** A prompt as a conversation of commands: how far the last one is, and which numbers mean which tasks. */
final class CommandDialogue {
    private static final JsonNode NOTHING = JsonNodeFactory.instance.objectNode();

    private final CommandParser reader;
    private final Map<String, String> tools = new HashMap<>();
    private ListedTasks last = ListedTasks.NOTHING;
    private Command command = SayCommand.NOT_UNDERSTOOD;
    private @Nullable String tool;
    private JsonNode result = NOTHING;

    private CommandDialogue(CommandParser reader) {
        this.reader = reader;
    }

    static CommandDialogue read(List<Prompt.Line> messages, CommandParser reader) {
        var talk = new CommandDialogue(reader);
        messages.forEach(talk::read);
        return talk;
    }

    ModelReply next() {
        return tool == null ? command.begin(last) : goOn(tool);
    }

    private ModelReply goOn(String tool) {
        if (result.path("error").isTextual())
            return Command.say("That did not work. " + result.get("error").textValue());
        try {
            return command.goOn(tool, result);
        } catch (Problem noSuchResult) {
            return Command.say("That did not work. I cannot read what came of it.");
        }
    }

    private void read(Prompt.Line line) {
        var content = Objects.requireNonNullElse(line.content(), "");
        switch (line.role()) {
            case USER -> {
                command = reader.read(content);
                tool = null;
            }
            case ASSISTANT -> {
                readCalls(line.toolCalls());
                tool = null;
            }
            case TOOL -> {
                tool = tools.getOrDefault(Objects.requireNonNullElse(line.toolCallId(), ""), "");
                result = parse(content);
                if (tool.equals(ListTasks.NAME)) readList();
            }
            case SYSTEM -> {}
        }
    }

    private void readCalls(@Nullable Json calls) {
        if (calls == null) return;
        for (var call : parse(calls.text()))
            tools.put(call.path("id").asText(), call.at("/function/name").asText());
    }

    private void readList() {
        try {
            var shown = command.shown(JsonForm.bind(result, ListTasks.Result.class));
            if (!shown.numbered().isEmpty()) last = shown;
        } catch (Problem noList) {
            // An error, or a message that somebody made up; neither has numbers.
        }
    }

    // Anybody may post messages that look like those of a tool.
    private static JsonNode parse(String json) {
        try {
            var value = StrictJson.parse(Buffer.buffer(json));
            return value.isContainerNode() ? value : NOTHING;
        } catch (Problem noJson) {
            return NOTHING;
        }
    }
}
