package io.parley.assistant.models.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.parley.assistant.models.Prompt;
import io.parley.assistant.models.ToolDescription;
import io.parley.kernel.Json;
import io.vertx.core.buffer.Buffer;
import java.io.UncheckedIOException;
import java.util.Locale;

/** The body of {@code POST /chat/completions}. */
final class ChatRequestBody {
    private static final JsonMapper mapper = new JsonMapper();

    static Buffer of(Prompt prompt) {
        var body = mapper.createObjectNode().put("model", prompt.model()).put("stream", true);
        body.putObject("stream_options").put("include_usage", true);
        var messages = body.putArray("messages");
        for (var line : prompt.messages()) message(messages.addObject(), line);
        if (!prompt.tools().isEmpty()) {
            var tools = body.putArray("tools");
            for (var tool : prompt.tools()) tool(tools.addObject(), tool);
        }
        return written(body);
    }

    private static void message(ObjectNode message, Prompt.Line line) {
        message.put("role", line.role().name().toLowerCase(Locale.ROOT)).put("content", line.content());
        if (line.toolCalls() != null) message.set("tool_calls", calls(line.toolCalls()));
        if (line.toolCallId() != null) message.put("tool_call_id", line.toolCallId());
    }

    /**
     * Arguments that are no JSON, which a model does write, are left out: servers that parse them (vLLM) would refuse
     * every later question in the conversation.
     */
    private static JsonNode calls(Json text) {
        var calls = read(text.text());
        for (var call : calls)
            if (call.get("function") instanceof ObjectNode function && !isJson(function.path("arguments")))
                function.put("arguments", "{}");
        return calls;
    }

    private static boolean isJson(JsonNode arguments) {
        try {
            return mapper.readTree(arguments.asText()).isObject();
        } catch (JsonProcessingException broken) {
            return false;
        }
    }

    private static void tool(ObjectNode tool, ToolDescription description) {
        tool.put("type", "function")
                .putObject("function")
                .put("name", description.name())
                .put("description", description.description())
                .putRawValue("parameters", new RawValue(description.parameters().text()));
    }

    private static JsonNode read(String text) {
        try {
            return mapper.readTree(text);
        } catch (JsonProcessingException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static Buffer written(ObjectNode body) {
        try {
            return Buffer.buffer(mapper.writeValueAsBytes(body));
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private ChatRequestBody() {}
}
