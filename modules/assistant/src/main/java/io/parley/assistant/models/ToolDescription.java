package io.parley.assistant.models;

import io.parley.json.StrictJson;
import io.parley.kernel.Json;
import io.vertx.core.buffer.Buffer;

/**
 * A tool as a model sees it.
 *
 * @param parameters a JSON Schema of an object
 */
public record ToolDescription(String name, String description, Json parameters) {

    /** With a schema as people write it, which goes to models without the blanks. */
    public static ToolDescription of(String name, String description, String schema) {
        return new ToolDescription(
                name,
                description,
                new Json(StrictJson.parse(Buffer.buffer(schema)).toString()));
    }
}
