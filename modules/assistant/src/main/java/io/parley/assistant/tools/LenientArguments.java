package io.parley.assistant.tools;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.parley.kernel.Problem;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Arguments of a tool as models write them, made into those that the schema describes: many models fill null into whatever is
 * optional, write a number in quotes, or {@code High} for {@code high}.
 */
final class LenientArguments {
    private static final Pattern WHOLE = Pattern.compile("\\s*([+-]?[0-9]{1,9})(?:\\.0+)?\\s*");

    /** Fails invalid if there is an argument that the tool does not have, unless it is null. */
    static JsonNode read(JsonNode arguments, JsonNode schema) {
        if (!arguments.isObject()) return arguments;
        var read = JsonNodeFactory.instance.objectNode();
        for (var argument : arguments.properties()) {
            if (argument.getValue().isNull()) continue;
            var property = schema.path("properties").path(argument.getKey());
            if (property.isMissingNode()) throw unknown(argument.getKey(), schema);
            var value = value(argument.getValue(), property, isRequired(argument.getKey(), schema));
            if (value != null) read.set(argument.getKey(), value);
        }
        return read;
    }

    private static Problem unknown(String name, JsonNode schema) {
        var known = schema.path("properties").properties().stream()
                .map(property -> property.getKey())
                .collect(Collectors.joining(", "));
        return Problem.invalid(
                '/' + name.replace("~", "~0").replace("/", "~1"), "is not an argument of this tool; it has: " + known);
    }

    private static boolean isRequired(String name, JsonNode schema) {
        return StreamSupport.stream(schema.path("required").spliterator(), false)
                .anyMatch(required -> required.asText().equals(name));
    }

    // Null stands for an argument that is absent.
    private static @Nullable JsonNode value(JsonNode value, JsonNode property, boolean isRequired) {
        var type = property.path("type").asText();
        if (type.equals("array")) return list(value, property.path("items"));
        if (type.equals("integer")) return whole(value);
        if (!value.isTextual()) return value;
        boolean canBeEmpty =
                isRequired || !(property.has("minLength") || property.has("enum") || type.equals("boolean"));
        if (value.textValue().isBlank() && !canBeEmpty) return null;
        if (property.has("enum")) return choice(value.textValue(), property.path("enum"));
        if (type.equals("boolean")) return flag(value.textValue());
        return property.path("format").asText().equals("uuid")
                ? TextNode.valueOf(value.textValue().strip())
                : value;
    }

    private static @Nullable JsonNode whole(JsonNode value) {
        if (value.isTextual() && value.textValue().isBlank()) return null;
        var number = WHOLE.matcher(value.asText());
        return number.matches() ? IntNode.valueOf(Integer.parseInt(number.group(1))) : value;
    }

    private static JsonNode choice(String text, JsonNode allowed) {
        var word = text.strip().toLowerCase(Locale.ROOT).replace(' ', '_').replace('-', '_');
        for (var choice : allowed) if (choice.asText().equals(word)) return choice;
        return TextNode.valueOf(text);
    }

    private static JsonNode flag(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "yes" -> BooleanNode.TRUE;
            case "false", "no" -> BooleanNode.FALSE;
            default -> TextNode.valueOf(text);
        };
    }

    // A single word, or several with commas, instead of a list.
    private static @Nullable JsonNode list(JsonNode value, JsonNode items) {
        if (!value.isArray() && !value.isTextual()) return value;
        var list = JsonNodeFactory.instance.arrayNode();
        if (value.isTextual())
            for (var word : value.textValue().split(",", -1)) add(list, TextNode.valueOf(word), items);
        else for (var item : value) add(list, item, items);
        return list.isEmpty() ? null : list;
    }

    private static void add(ArrayNode list, JsonNode item, JsonNode items) {
        if (item.isNull()) return;
        if (!item.isTextual()) list.add(item);
        else if (!item.textValue().isBlank()) list.add(choice(item.textValue(), items.path("enum")));
    }

    private LenientArguments() {}
}
