package io.parley.gateway.openai.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The members of a JSON object of a request, read strictly. A member that is null is as if it were absent. */
public final class Fields {
    public static final Fields NONE = new Fields(JsonNodeFactory.instance.objectNode(), "");

    private static final int MAX_KEYS = 16;
    private static final int MAX_KEY = 64;
    private static final int MAX_VALUE = 512;

    private final ObjectNode json;
    private final String path;

    private Fields(ObjectNode json, String path) {
        this.json = json;
        this.path = path;
    }

    public static Fields of(JsonNode json, String path) {
        if (json instanceof ObjectNode object) return new Fields(object, path);
        throw path.isEmpty()
                ? OpenAiError.invalid(null, "invalid_type", "The body must be a JSON object.")
                : wrongType(path, "an object");
    }

    public String param(String name) {
        return path.isEmpty() ? name : path + '.' + name;
    }

    /** Null if it is absent. */
    public @Nullable JsonNode value(String name) {
        var value = json.get(name);
        return value == null || value.isNull() ? null : value;
    }

    public JsonNode require(String name) {
        var value = value(name);
        if (value == null)
            throw OpenAiError.invalid(
                    param(name), "missing_required_parameter", "Missing required parameter: '" + param(name) + "'.");
        return value;
    }

    public @Nullable String text(String name) {
        var value = value(name);
        if (value == null) return null;
        if (!value.isTextual()) throw wrongType(param(name), "a string");
        return value.textValue();
    }

    public String requireText(String name) {
        require(name);
        return String.valueOf(text(name));
    }

    public boolean flag(String name, boolean absent) {
        var value = value(name);
        if (value == null) return absent;
        if (!value.isBoolean()) throw wrongType(param(name), "a boolean");
        return value.booleanValue();
    }

    public @Nullable Integer integer(String name, int min, int max) {
        var value = value(name);
        if (value == null) return null;
        if (!value.isIntegralNumber()) throw wrongType(param(name), "an integer");
        if (!value.canConvertToInt() || value.intValue() < min || value.intValue() > max)
            throw OpenAiError.invalidValue(param(name), "must be from " + min + " to " + max);
        return value.intValue();
    }

    public @Nullable BigDecimal number(String name, int min, int max) {
        var value = value(name);
        if (value == null) return null;
        if (!value.isNumber()) throw wrongType(param(name), "a number");
        var number = value.decimalValue();
        if (number.compareTo(BigDecimal.valueOf(min)) < 0 || number.compareTo(BigDecimal.valueOf(max)) > 0)
            throw OpenAiError.invalidValue(param(name), "must be from " + min + " to " + max);
        return number;
    }

    public @Nullable String choice(String name, List<String> choices) {
        var text = text(name);
        if (text != null && !choices.contains(text))
            throw OpenAiError.invalidValue(param(name), "must be one of " + String.join(", ", choices));
        return text;
    }

    /** Null if it is absent. */
    public @Nullable Fields object(String name) {
        var value = value(name);
        return value == null ? null : of(value, param(name));
    }

    /** Empty if it is absent. */
    public ArrayNode array(String name) {
        var value = value(name);
        if (value == null) return JsonNodeFactory.instance.arrayNode();
        if (value instanceof ArrayNode array) return array;
        throw wrongType(param(name), "an array");
    }

    /** At most 16 texts under keys of at most 64 characters; null if it is absent. */
    public @Nullable ObjectNode metadata() {
        var value = value("metadata");
        if (value == null) return null;
        if (!(value instanceof ObjectNode object)) throw wrongType(param("metadata"), "an object");
        if (object.size() > MAX_KEYS)
            throw OpenAiError.invalidValue(param("metadata"), "must not have more than " + MAX_KEYS + " keys");
        object.properties().forEach(member -> checkMetadata(member.getKey(), member.getValue()));
        return object;
    }

    private static void checkMetadata(String key, JsonNode value) {
        if (length(key) > MAX_KEY)
            throw OpenAiError.invalidValue("metadata", "must not have a key longer than " + MAX_KEY + " characters");
        if (!value.isTextual()) throw wrongType("metadata." + key, "a string");
        if (length(value.textValue()) > MAX_VALUE)
            throw OpenAiError.invalidValue("metadata." + key, "must be at most " + MAX_VALUE + " characters long");
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** Fails if there is a member whose name is not among these. */
    public void knowOnly(List<String> known) {
        json.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name) && value(name) != null)
                throw OpenAiError.invalid(
                        param(name), "unknown_parameter", "Unknown parameter: '" + param(name) + "'.");
        });
    }

    public ObjectNode json() {
        return json;
    }

    static OpenAiError wrongType(String param, String expected) {
        return OpenAiError.invalid(
                param, "invalid_type", "Invalid type for '" + param + "': expected " + expected + '.');
    }
}
