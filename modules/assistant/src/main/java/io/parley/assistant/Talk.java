package io.parley.assistant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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
final class Talk {
    private static final JsonNode NOTHING = JsonNodeFactory.instance.objectNode();

    private final CommandReader reader;
    private final Map<String, String> tools = new HashMap<>();
    private Shown last = Shown.NOTHING;
    private Command command = SayCommand.NOT_UNDERSTOOD;
    private @Nullable String tool;
    private JsonNode result = NOTHING;

    private Talk(CommandReader reader) {
        this.reader = reader;
    }

    static Talk read(List<Prompt.Line> messages, CommandReader reader) {
        var talk = new Talk(reader);
        messages.forEach(talk::read);
        return talk;
    }

    Reply next() {
        return tool == null ? command.begin(last) : goOn(tool);
    }

    private Reply goOn(String tool) {
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
