package io.parley.gateway.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.parley.gateway.http.ErrorMapping;
import io.parley.gateway.http.HttpError;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An error of the protocol: a JSON-RPC error object, and the status of HTTP that goes with it. */
final class McpError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** JSON-RPC 2.0, 5.1. */
    static final int PARSE = -32700;

    static final int INVALID_REQUEST = -32600;
    static final int UNKNOWN_METHOD = -32601;
    static final int INVALID_PARAMS = -32602;
    static final int INTERNAL = -32603;

    /** Headers that differ from the body (MCP 2026-07-28, transports). */
    static final int HEADER_MISMATCH = -32020;

    /** A version that is not spoken here (MCP 2026-07-28, versioning). */
    static final int UNSUPPORTED_VERSION = -32022;

    private final int status;
    private final int code;
    private final transient Map<String, String> headers;
    private final transient @Nullable JsonNode data;

    McpError(int status, int code, String message) {
        this(status, code, message, Map.of(), null);
    }

    private McpError(int status, int code, String message, Map<String, String> headers, @Nullable JsonNode data) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.headers = headers;
        this.data = data;
    }

    static McpError unsupportedVersion(String requested) {
        var data = JsonNodeFactory.instance.objectNode().put("requested", requested);
        ProtocolVersions.ALL.forEach(data.putArray("supported")::add);
        return new McpError(400, UNSUPPORTED_VERSION, "This version of the protocol is not supported.", Map.of(), data);
    }

    /** What any other failure is in this protocol. */
    static McpError of(HttpServerRequest request, Throwable failure) {
        if (failure instanceof McpError error) return error;
        var error = ErrorMapping.of(request, McpRoutes.PATH, failure);
        int code = error.status() >= 500 ? INTERNAL : INVALID_REQUEST;
        return new McpError(error.status(), code, error.detail(), error.headers(), null);
    }

    HttpError http() {
        return HttpError.of(status, String.valueOf(getMessage()), headers);
    }

    /** @param id of the request; null if it could not be read */
    JsonNode body(@Nullable JsonNode id) {
        var body = JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0");
        if (id != null) body.set("id", id);
        var error = body.putObject("error").put("code", code).put("message", String.valueOf(getMessage()));
        if (data != null) error.set("data", data);
        return body;
    }
}
