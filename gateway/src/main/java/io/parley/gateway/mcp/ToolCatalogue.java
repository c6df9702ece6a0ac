package io.parley.gateway.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.contracts.assistant.Tools;
import io.parley.contracts.assistant.Tools.Description;
import io.parley.gateway.http.ClasspathFiles;
import io.parley.json.StrictJson;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.access.Scope;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tools as clients see them: what the assistant module says of them, with titles, hints and result schemas of this door. They are asked
 * for once. For one event loop only.
 */
final class ToolCatalogue {
    /** By the name of the tool: {@code title}, {@code annotations}, {@code outputSchema}. */
    private static final JsonNode DETAILS = StrictJson.parse(Buffer.buffer(ClasspathFiles.bytes("/mcp/tools.json")));

    private final Bus bus;
    private @Nullable Map<String, Listed> known;

    /** @param scope what a token needs; null for nothing */
    record Listed(ObjectNode description, @Nullable Scope scope) {
        boolean isFor(Caller caller) {
            return scope == null || caller.may(scope);
        }
    }

    ToolCatalogue(Bus bus) {
        this.bus = bus;
    }

    /** Those that the caller's token permits, always in the same order. */
    Future<ArrayNode> list(Caller caller) {
        return all().map(tools -> {
            var list = JsonNodeFactory.instance.arrayNode();
            tools.values().stream().filter(tool -> tool.isFor(caller)).forEach(tool -> list.add(tool.description()));
            return list;
        });
    }

    /** By name. */
    Future<Map<String, Listed>> all() {
        if (known != null) return Future.succeededFuture(known);
        return bus.ask(Tools.DESCRIBE, new Tools.Describe()).map(described -> {
            var tools = new LinkedHashMap<String, Listed>();
            for (var tool : described.tools()) tools.put(tool.name(), new Listed(description(tool), tool.scope()));
            known = tools;
            return tools;
        });
    }

    private static ObjectNode description(Description tool) {
        var details = DETAILS.path(tool.name());
        var description = JsonNodeFactory.instance.objectNode();
        description.put("name", tool.name());
        description.set("title", details.path("title"));
        description.put("description", tool.description());
        description.set(
                "inputSchema", StrictJson.parse(Buffer.buffer(tool.arguments().text())));
        description.set("outputSchema", details.path("outputSchema"));
        description.set("annotations", details.path("annotations"));
        return description;
    }
}
