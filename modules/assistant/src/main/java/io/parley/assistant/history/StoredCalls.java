package io.parley.assistant.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.json.StrictJson;
import io.parley.kernel.Json;
import io.parley.kernel.Problem;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the tool calls of a message in any of the forms that clients store, and writes them in OpenAI's.
 *
 * @see <a href="https://platform.openai.com/docs/guides/function-calling">OpenAI: {@code function.arguments}</a>
 * @see <a href="https://docs.anthropic.com/en/docs/build-with-claude/tool-use">Anthropic: {@code tool_use}</a>
 * @see <a href="https://python.langchain.com/docs/concepts/tool_calling/">LangChain: {@code args}</a>
 * @see <a href="https://ai-sdk.dev/docs/ai-sdk-core/tools-and-tool-calling">AI SDK: {@code toolCallId}</a>
 */
public final class StoredCalls {
    private static final JsonNodeFactory nodes = JsonNodeFactory.instance;
    private static final String NO_ARGUMENTS = "{}";

    /** OpenAI's form; a call without an id has the id "". Entries without the name of a tool are left out. */
    public static List<ObjectNode> read(@Nullable Json stored) {
        var calls = new ArrayList<ObjectNode>();
        for (var entry : entries(stored)) {
            var call = call(entry);
            if (!call.at("/function/name").asText().isEmpty()) calls.add(call);
        }
        return calls;
    }

    /** The entries of a stored array, or a stored object as the only one. */
    static Iterable<JsonNode> entries(@Nullable Json stored) {
        if (stored == null) return List.of();
        var json = StrictJson.parse(Buffer.buffer(stored.text()));
        return json.isArray() ? json : List.of(json);
    }

    // Other members of a call in OpenAI's form are kept.
    private static ObjectNode call(JsonNode entry) {
        var function = entry.path("function");
        var call = function.isObject() ? (ObjectNode) entry.deepCopy() : nodes.objectNode();
        call.put("id", first(entry, "id", "toolCallId", "tool_call_id")).put("type", "function");
        var described = function.isObject() ? (ObjectNode) call.get("function") : call.putObject("function");
        described.put("name", first(function.isObject() ? function : entry, "name", "toolName"));
        described.put("arguments", arguments(function.isObject() ? function : entry));
        return call;
    }

    /** The first of the members that is a text; empty if none is. */
    static String first(JsonNode object, String... members) {
        for (var member : members)
            if (object.path(member).isTextual()) return object.get(member).asText();
        return "";
    }

    // Models do write arguments that are no JSON. Servers that parse them, such as vLLM, would reject every later
    // request.
    private static String arguments(JsonNode call) {
        for (var member : List.of("arguments", "args", "input")) {
            var arguments = call.path(member);
            if (arguments.isObject()) return arguments.toString();
            if (arguments.isTextual()) return isJsonObject(arguments.asText()) ? arguments.asText() : NO_ARGUMENTS;
        }
        return NO_ARGUMENTS;
    }

    private static boolean isJsonObject(String text) {
        try {
            return StrictJson.parse(Buffer.buffer(text)).isObject();
        } catch (Problem malformed) {
            return false;
        }
    }

    private StoredCalls() {}
}
