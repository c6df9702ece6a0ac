package io.parley.gateway.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a request that repeat parts of its body, so that proxies need not read that (MCP 2026-07-28). The order of the checks is
 * part of the protocol: clients find out by the first error which version a server speaks.
 */
final class HeaderRules {
    private static final String VERSION = "MCP-Protocol-Version";
    private static final String METHOD = "Mcp-Method";
    private static final String NAME = "Mcp-Name";
    private static final String META_VERSION = "io.modelcontextprotocol/protocolVersion";
    private static final String META_CAPABILITIES = "io.modelcontextprotocol/clientCapabilities";

    /** Which of a method's parameters the header for its name repeats. */
    private static final Map<String, String> NAMES =
            Map.of("tools/call", "name", "prompts/get", "name", "resources/read", "uri");

    private static final Pattern ENCODED = Pattern.compile("=\\?base64\\?([A-Za-z0-9+/]*={0,2})\\?=");

    /** Returns whether the request is a modern one; fails with an {@link McpError} if it contradicts itself. */
    static boolean check(HttpServerRequest request, Envelope envelope) {
        var sent = request.getHeader(VERSION);
        var meta = envelope.params().path("_meta");
        var named = meta.path(META_VERSION);
        if (named.isMissingNode() && !ProtocolVersions.MODERN.equals(sent)) {
            if (sent != null && !ProtocolVersions.ALL.contains(sent)) throw McpError.unsupportedVersion(sent);
            return false;
        }
        require(sent != null, "The header " + VERSION + " is required.");
        require(named.isMissingNode() || named.asText().equals(sent), VERSION + " differs from the version in _meta.");
        if (!ProtocolVersions.ALL.contains(sent)) throw McpError.unsupportedVersion(String.valueOf(sent));
        checkNames(request, envelope);
        checkMeta(named.isTextual(), META_VERSION);
        checkMeta(meta.path(META_CAPABILITIES).isObject(), META_CAPABILITIES);
        return true;
    }

    private static void checkNames(HttpServerRequest request, Envelope envelope) {
        require(envelope.method().equals(decoded(request.getHeader(METHOD))), METHOD + " must repeat the method.");
        var parameter = NAMES.get(envelope.method());
        if (parameter == null) return;
        JsonNode name = envelope.params().path(parameter);
        require(
                name.isTextual() && name.textValue().equals(decoded(request.getHeader(NAME))),
                NAME + " must repeat params." + parameter + '.');
    }

    private static @Nullable String decoded(@Nullable String header) {
        if (header == null) return null;
        var encoded = ENCODED.matcher(header.strip());
        if (!encoded.matches()) return header.strip();
        try {
            return new String(Base64.getDecoder().decode(encoded.group(1)), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            return header;
        }
    }

    private static void require(boolean isValid, String detail) {
        if (!isValid) throw new McpError(400, McpError.HEADER_MISMATCH, detail);
    }

    private static void checkMeta(boolean isValid, String name) {
        if (!isValid) throw new McpError(400, McpError.INVALID_PARAMS, "_meta must have " + name + '.');
    }

    private HeaderRules() {}
}
