package io.parley.gateway.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.json.StoredForm;
import io.parley.json.StrictJson;
import io.parley.kernel.Problem;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * A JSON-RPC message that has been read.
 *
 * @param id null if it is a notification, or the answer to a request that this server never sends
 * @param params empty if it has none
 */
record Envelope(@Nullable JsonNode id, String method, ObjectNode params) {
    /** Fails with an {@link McpError} if the body is not JSON. */
    static JsonNode json(Buffer body) {
        try {
            var json = StrictJson.parse(body);
            StoredForm.check(json);
            return json;
        } catch (Problem broken) {
            var fault = broken.faults().get(0);
            throw new McpError(400, McpError.PARSE, "The body " + fault.detail() + '.');
        }
    }

    /** The id of a request, if it has a valid one. */
    static @Nullable JsonNode id(JsonNode json) {
        var id = json.path("id");
        return id.isTextual() || id.isIntegralNumber() ? id : null;
    }

    /** Fails with an {@link McpError} if it is not one JSON-RPC message. */
    static Envelope of(JsonNode json) {
        require(json.isObject(), "The body must be one JSON-RPC object; batches are not supported.");
        require("2.0".equals(json.path("jsonrpc").textValue()), "\"jsonrpc\" must be \"2.0\".");
        require(!json.has("id") || id(json) != null, "\"id\" must be a string or a whole number.");
        boolean isAnswer = !json.has("method") && (json.has("result") || json.has("error"));
        require(isAnswer || json.path("method").isTextual(), "\"method\" must be a string.");
        var params = json.path("params");
        require(params.isMissingNode() || params.isObject(), "\"params\" must be an object.");
        return new Envelope(
                isAnswer ? null : id(json),
                json.path("method").asText(),
                params instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode());
    }

    private static void require(boolean isValid, String detail) {
        if (!isValid) throw new McpError(400, McpError.INVALID_REQUEST, detail);
    }
}
