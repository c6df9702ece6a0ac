package io.parley.assistant.models;

import io.parley.json.StrictJson;
import io.parley.kernel.Json;
import io.vertx.core.buffer.Buffer;

/**
 * A tool as a model sees it.
 *
 * @param parameters the JSON Schema of an object
 */
public record ToolDescription(String name, String description, Json parameters) {

    /** @param schema may contain white space, which is removed because each character costs tokens */
    public static ToolDescription of(String name, String description, String schema) {
        var parameters = StrictJson.parse(Buffer.buffer(schema)).toString();
        return new ToolDescription(name, description, new Json(parameters));
    }
}
