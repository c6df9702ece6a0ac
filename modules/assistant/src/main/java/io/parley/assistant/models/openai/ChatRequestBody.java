package io.parley.assistant.models.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.parley.assistant.models.Prompt;
import io.parley.assistant.models.ToolDescription;
import io.parley.contracts.files.FileTypes;
import io.parley.kernel.Json;
import io.vertx.core.buffer.Buffer;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Writes the body of {@code POST /chat/completions}. */
final class ChatRequestBody {
    private static final JsonMapper mapper = new JsonMapper();
    private static final List<String> ABOUT_TOOLS = List.of("tool_choice", "parallel_tool_calls");
    private static final Pattern REASONING = Pattern.compile("(.*/)?(o[0-9]|gpt-5).*");

    static Buffer of(Prompt prompt) {
        var body = mapper.createObjectNode().put("model", prompt.model()).put("stream", true);
        body.putObject("stream_options").put("include_usage", true);
        var messages = body.putArray("messages");
        for (var line : prompt.messages()) writeMessage(messages.addObject(), line);
        writeTools(body, prompt);
        if (read(prompt.wishes().options().text()) instanceof ObjectNode options) writeOptions(body, options);
        return toBuffer(body);
    }

    private static void writeTools(ObjectNode body, Prompt prompt) {
        var functions = prompt.wishes().functions();
        if (prompt.tools().isEmpty() && functions.isEmpty()) return;
        var tools = body.putArray("tools");
        for (var tool : prompt.tools()) writeTool(tools.addObject(), tool);
        for (var function : functions) tools.add(read(function.tool().text()));
    }

    // OpenAI's models that reason refuse the name that all other servers know.
    private static void writeOptions(ObjectNode body, ObjectNode options) {
        if (!body.has("tools")) options.remove(ABOUT_TOOLS);
        var most = options.remove("max_tokens");
        body.setAll(options);
        if (most != null)
            body.set(
                    REASONING.matcher(body.path("model").asText()).matches() ? "max_completion_tokens" : "max_tokens",
                    most);
    }

    private static void writeMessage(ObjectNode message, Prompt.Line line) {
        message.put("role", line.role().name().toLowerCase(Locale.ROOT)).put("content", line.content());
        if (line.pieces() != null) {
            var pieces = message.putArray("content");
            for (var piece : line.pieces()) writePiece(pieces.addObject(), piece);
        }
        if (line.toolCalls() != null) message.set("tool_calls", withValidArguments(line.toolCalls()));
        if (line.toolCallId() != null) message.put("tool_call_id", line.toolCallId());
        if (line.attached() != null) ReturnedAttachments.addTo(message, line.attached());
    }

    private static void writePiece(ObjectNode json, Prompt.Piece piece) {
        var file = piece.file();
        if (file == null) json.put("type", "text").put("text", piece.text());
        else if (FileTypes.IMAGES.contains(file.mediaType()))
            json.put("type", "image_url").putObject("image_url").put("url", file.dataUrl());
        else
            json.put("type", "file")
                    .putObject("file")
                    .put("filename", file.name())
                    .put("file_data", file.dataUrl());
    }

    // Models do write arguments that are no JSON. They are replaced, because servers that parse them, such as
    // vLLM, would reject every later request in the conversation.
    private static JsonNode withValidArguments(Json toolCalls) {
        var calls = read(toolCalls.text());
        for (var call : calls)
            if (call.get("function") instanceof ObjectNode function && !isJsonObject(function.path("arguments")))
                function.put("arguments", "{}");
        return calls;
    }

    private static boolean isJsonObject(JsonNode arguments) {
        try {
            return mapper.readTree(arguments.asText()).isObject();
        } catch (JsonProcessingException malformed) {
            return false;
        }
    }

    private static void writeTool(ObjectNode tool, ToolDescription description) {
        tool.put("type", "function")
                .putObject("function")
                .put("name", description.name())
                .put("description", description.description())
                .putRawValue("parameters", new RawValue(description.parameters().text()));
    }

    private static JsonNode read(String text) {
        try {
            return mapper.readTree(text);
        } catch (JsonProcessingException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    private static Buffer toBuffer(ObjectNode body) {
        try {
            return Buffer.buffer(mapper.writeValueAsBytes(body));
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private ChatRequestBody() {}
}
