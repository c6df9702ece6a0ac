package io.parley.assistant.tools.programs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.assistant.models.ToolDescription;
import io.parley.assistant.tools.Tool;
import io.parley.assistant.tools.ToolContext;
import io.parley.json.StrictJson;
import io.parley.kernel.Ids;
import io.parley.kernel.access.Scope;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Lets the program choose the id of what a tool creates: a program whose answer was lost repeats its request, and would otherwise create
 * the same again.
 */
record ChosenId(Tool tool) implements Tool {
    private static final String ID = "id";

    @Override
    public ToolDescription description() {
        var plain = tool.description();
        var schema =
                (ObjectNode) StrictJson.parse(Buffer.buffer(plain.parameters().text()));
        schema.withObjectProperty("properties")
                .putObject(ID)
                .put("type", "string")
                .put("format", "uuid")
                .put(
                        "description",
                        "A new UUID. With the same one, the call can be repeated without creating another.");
        return ToolDescription.of(plain.name(), plain.description(), schema.toString());
    }

    @Override
    public @Nullable Scope scope() {
        return tool.scope();
    }

    @Override
    public Future<String> run(ToolContext context, JsonNode json) {
        var arguments = ((ObjectNode) json).deepCopy();
        var id = arguments.remove(ID);
        return tool.run(
                id == null ? context : context.creating(Ids.parse(id.asText()).orElseThrow()), arguments);
    }
}
