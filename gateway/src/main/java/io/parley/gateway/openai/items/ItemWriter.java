package io.parley.gateway.openai.items;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.contracts.files.FileTypes;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.MessagePart;
import io.parley.gateway.openai.exchange.OpenAiIds;
import io.parley.json.StrictJson;
import io.parley.kernel.Json;
import io.parley.kernel.Problem;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Messages as items. A message with text and tool calls is several; a tool that Parley has run is one, made of its call and of
 * its result in a later message.
 */
public final class ItemWriter {
    /** The name of Parley as the server of the tools that it runs. */
    public static final String SERVER_LABEL = "parley";

    private static final JsonNodeFactory nodes = JsonNodeFactory.instance;

    private final Map<String, String> results = new HashMap<>();
    private final Set<String> calledByParley = new HashSet<>();

    /** @param messages oldest first; results are found only among them */
    public static List<ObjectNode> items(List<Message> messages) {
        var writer = new ItemWriter();
        messages.forEach(writer::read);
        return messages.stream()
                .flatMap(message -> writer.items(message).stream())
                .toList();
    }

    private void read(Message message) {
        if (message.role() == Role.TOOL) results.putIfAbsent(callId(message), text(message));
        var marks = ItemMarks.of(message);
        for (var call : calls(message)) if (marks.isCalledByParley(id(call), name(call))) calledByParley.add(id(call));
    }

    private List<ObjectNode> items(Message message) {
        var items = new ArrayList<ObjectNode>();
        if (message.role() == Role.TOOL) {
            if (!calledByParley.contains(callId(message))) items.add(result(message));
            return items;
        }
        var content = message.content();
        if (message.role() == Role.USER && MessagePart.haveFile(message.parts())) items.add(withFiles(message));
        else if (content != null && !content.isEmpty()) items.add(text(message, content));
        int place = 0;
        for (var call : calls(message)) items.add(call(message, call, place++));
        return items;
    }

    private ObjectNode call(Message message, JsonNode call, int place) {
        return calledByParley.contains(id(call))
                ? mcpCall(
                        OpenAiIds.ofCall(OpenAiIds.MCP_CALL, message.id(), place),
                        name(call),
                        arguments(call),
                        results.get(id(call)))
                : functionCall(
                        OpenAiIds.ofCall(OpenAiIds.FUNCTION_CALL, message.id(), place),
                        id(call),
                        name(call),
                        arguments(call),
                        "completed");
    }

    private static ObjectNode withFiles(Message message) {
        var item = message(OpenAiIds.of(OpenAiIds.MESSAGE, message.id()), "user", "completed");
        var content = item.withArray("content");
        for (var part : Objects.requireNonNullElse(message.parts(), List.<MessagePart>of()))
            content.add(part.namesFile() ? inputFile(part) : inputText(String.valueOf(part.text())));
        return item;
    }

    private static ObjectNode inputFile(MessagePart part) {
        var id = OpenAiIds.of(OpenAiIds.FILE, part.requireFileId());
        return FileTypes.IMAGES.contains(part.mediaType())
                ? nodes.objectNode()
                        .put("type", "input_image")
                        .put("detail", "auto")
                        .put("file_id", id)
                        .putNull("image_url")
                : nodes.objectNode()
                        .put("type", "input_file")
                        .put("file_id", id)
                        .put("filename", part.name());
    }

    private static ObjectNode text(Message message, String content) {
        var marks = ItemMarks.of(message);
        var role = marks.isOfDeveloper() ? "developer" : message.role().name().toLowerCase(Locale.ROOT);
        return text(
                OpenAiIds.of(OpenAiIds.MESSAGE, message.id()),
                role,
                marks.isIncomplete() ? "incomplete" : "completed",
                content);
    }

    public static ObjectNode text(String id, String role, String status, String content) {
        var item = message(id, role, status);
        item.withArray("content").add(role.equals("assistant") ? outputText(content) : inputText(content));
        return item;
    }

    /** Without content. */
    public static ObjectNode message(String id, String role, String status) {
        var item = nodes.objectNode()
                .put("id", id)
                .put("type", "message")
                .put("status", status)
                .put("role", role);
        item.putArray("content");
        return item;
    }

    private static ObjectNode inputText(String text) {
        return nodes.objectNode().put("type", "input_text").put("text", text);
    }

    public static ObjectNode outputText(String text) {
        var part = nodes.objectNode().put("type", "output_text").put("text", text);
        part.putArray("annotations");
        part.putArray("logprobs");
        return part;
    }

    public static ObjectNode functionCall(String id, String callId, String name, String arguments, String status) {
        return nodes.objectNode()
                .put("id", id)
                .put("type", "function_call")
                .put("status", status)
                .put("call_id", callId)
                .put("name", name)
                .put("arguments", arguments);
    }

    /** @param result null if there is none: it is still being run, or was never */
    public static ObjectNode mcpCall(String id, String name, String arguments, @Nullable String result) {
        var error = result == null ? null : errorIn(result);
        return nodes.objectNode()
                .put("id", id)
                .put("type", "mcp_call")
                .put("status", result == null ? "incomplete" : error == null ? "completed" : "failed")
                .put("server_label", SERVER_LABEL)
                .put("name", name)
                .put("arguments", arguments)
                .put("output", error == null ? result : null)
                .put("error", error)
                .putNull("approval_request_id");
    }

    /** What a tool that failed has said. */
    static @Nullable String errorIn(String result) {
        if (!result.startsWith("{\"error\":")) return null;
        try {
            return StrictJson.parse(Buffer.buffer(result)).path("error").asText();
        } catch (Problem noJson) {
            return null;
        }
    }

    private static ObjectNode result(Message message) {
        return nodes.objectNode()
                .put("id", OpenAiIds.of(OpenAiIds.FUNCTION_OUTPUT, message.id()))
                .put("type", "function_call_output")
                .put("status", "completed")
                .put("call_id", callId(message))
                .put("output", text(message));
    }

    private static String text(Message message) {
        var content = message.content();
        if (content != null) return content;
        var result = json(message.toolResults()).path(0).path("result");
        return result.isTextual() ? result.textValue() : result.toString();
    }

    private static String callId(Message message) {
        var result = json(message.toolResults()).path(0);
        return result.path("tool_call_id").asText(result.path("toolCallId").asText());
    }

    private static JsonNode calls(Message message) {
        return json(message.toolCalls());
    }

    private static JsonNode json(@Nullable Json json) {
        return json == null ? nodes.arrayNode() : StrictJson.parse(Buffer.buffer(json.text()));
    }

    private static String id(JsonNode call) {
        return call.path("id").asText();
    }

    private static String name(JsonNode call) {
        return call.at("/function/name").asText(call.path("name").asText());
    }

    private static String arguments(JsonNode call) {
        var arguments = call.at("/function/arguments");
        return arguments.isTextual() ? arguments.textValue() : arguments.isMissingNode() ? "{}" : arguments.toString();
    }
}
