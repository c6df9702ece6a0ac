package io.parley.gateway.ui;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.parley.json.StrictJson;
import io.parley.kernel.Problem;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** What is in the parts of tools. */
final class UiParts {
    /** The arguments of a call as JSON; as text if the model wrote something else. */
    static JsonNode input(String arguments) {
        return parsed(arguments.isEmpty() ? "{}" : arguments);
    }

    /** The JSON that a text is; the text if it is none. */
    static JsonNode parsed(String text) {
        try {
            return StrictJson.parse(Buffer.buffer(text));
        } catch (Problem noJson) {
            return TextNode.valueOf(text);
        }
    }

    /** What a tool that failed has said; null if it did not fail. */
    static @Nullable String error(JsonNode result) {
        return result.size() == 1 && result.path("error").isTextual()
                ? result.path("error").textValue()
                : null;
    }

    private UiParts() {}
}
