package io.parley.transfer.sources;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** JSON that stands in a text, as the arguments of tool calls do. */
public final class EmbeddedJson {
    private static final JsonMapper json = new JsonMapper();

    /** Empty if the text is not JSON. */
    public static Optional<JsonNode> parse(String text) {
        try {
            return Optional.of(json.readTree(text)).filter(value -> !value.isMissingNode());
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        }
    }

    /** Empty if the text is not a JSON object. */
    public static Optional<ObjectNode> object(String text) {
        if (!text.stripLeading().startsWith("{")) return Optional.empty();
        return parse(text).filter(ObjectNode.class::isInstance).map(ObjectNode.class::cast);
    }

    /** The arguments of a tool call: a JSON object as it was written, or {@code {"input": …}} for anything else. */
    public static JsonNode arguments(JsonNode written) {
        if (written.isNull() || written.isMissingNode()) return JsonNodeFactory.instance.objectNode();
        if (written.isObject()) return written;
        if (written.isTextual() && object(written.textValue()).isPresent()) return written;
        return JsonNodeFactory.instance.objectNode().set("input", written);
    }

    private EmbeddedJson() {}
}
