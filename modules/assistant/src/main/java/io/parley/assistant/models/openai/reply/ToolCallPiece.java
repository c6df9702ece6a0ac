package io.parley.assistant.models.openai.reply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a tool call as it arrived, or a whole one.
 *
 * @param index null if there is none
 * @param id empty if there is none, as is the name
 * @param arguments JSON, or a part of it
 * @param others members that only the provider knows, such as Gemini's {@code extra_content}
 */
record ToolCallPiece(@Nullable Integer index, String id, String name, String arguments, ObjectNode others) {
    private static final Set<String> KNOWN =
            Set.of("index", "id", "type", "function", "name", "arguments", "input", "parameters");

    static ToolCallPiece of(JsonNode json) {
        // Some servers leave out the level of the function.
        var function = json.path("function").isObject() ? json.path("function") : json;
        return new ToolCallPiece(
                index(json.path("index")),
                StorableText.of(json.path("id")),
                StorableText.of(function.path("name")),
                arguments(function),
                others(json));
    }

    private static @Nullable Integer index(JsonNode index) {
        if (index.isInt()) return index.intValue();
        return index.isTextual() && index.textValue().matches("\\d{1,9}") ? Integer.valueOf(index.textValue()) : null;
    }

    // Ollama's own protocol has an object where OpenAI has its text.
    private static String arguments(JsonNode function) {
        for (var name : new String[] {"arguments", "parameters", "input"}) {
            var arguments = function.path(name);
            if (arguments.isObject()) return arguments.toString();
            if (arguments.isTextual()) return arguments.textValue();
        }
        return "";
    }

    private static ObjectNode others(JsonNode json) {
        var others = JsonNodeFactory.instance.objectNode();
        json.properties().forEach(member -> {
            if (!KNOWN.contains(member.getKey()) && !member.getValue().isNull())
                others.set(member.getKey(), member.getValue());
        });
        return others;
    }

    boolean hasArguments() {
        return !arguments.isBlank();
    }

    /** The arguments of a call are an object, so a call does not begin with anything else. */
    boolean continuesArguments() {
        return hasArguments() && !arguments.stripLeading().startsWith("{");
    }
}
