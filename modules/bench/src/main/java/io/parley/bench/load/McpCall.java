package io.parley.bench.load;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** A call of a tool over MCP, as clients of its version without sessions send it. */
record McpCall(String tool, JsonObject arguments) {
    static final McpCall LIST_TASKS = new McpCall("list_tasks", new JsonObject().put("limit", 50));

    private static final String VERSION = "2026-07-28";

    /** Fails if the tool reports an error. */
    Future<Buffer> send(Client client) {
        var headers = Map.of(
                "Accept",
                "application/json",
                "MCP-Protocol-Version",
                VERSION,
                "Mcp-Method",
                "tools/call",
                "Mcp-Name",
                tool);
        return client.post("/mcp", headers, body())
                .compose(answer -> answer.toString().contains("\"isError\":false")
                        ? Future.succeededFuture(answer)
                        : Future.failedFuture(answer.toString()));
    }

    private JsonObject body() {
        var meta = new JsonObject()
                .put("io.modelcontextprotocol/protocolVersion", VERSION)
                .put("io.modelcontextprotocol/clientCapabilities", new JsonObject());
        return new JsonObject()
                .put("jsonrpc", "2.0")
                .put("id", 1)
                .put("method", "tools/call")
                .put(
                        "params",
                        new JsonObject()
                                .put("name", tool)
                                .put("arguments", arguments)
                                .put("_meta", meta));
    }
}
