package io.parley.config.system.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request.
 *
 * @param target path and query, percent-encoded
 */
public record ApiRequest(
        String method,
        String target,
        Map<String, String> headers,
        @Nullable Buffer body) {

    public static final String LINES = "application/x-ndjson";
    static final String BYTES = "application/octet-stream";

    public static ApiRequest of(String method, String target) {
        return new ApiRequest(method, target, Map.of(), null);
    }

    public ApiRequest to(String otherTarget) {
        return new ApiRequest(method, otherTarget, headers, body);
    }

    /** With these query parameters, replacing those of the same names. */
    public ApiRequest withParameters(String more) {
        var rest = withoutParameters(names(more)).target();
        return to(rest + (rest.contains("?") ? "&" : "?") + more);
    }

    /** Without these query parameters. */
    public ApiRequest withoutParameters(Set<String> parameters) {
        var parts = target.split("\\?", 2);
        if (parts.length == 1) return this;
        var kept = Stream.of(parts[1].split("&"))
                .filter(pair -> !parameters.contains(name(pair)))
                .collect(Collectors.joining("&"));
        return to(kept.isEmpty() ? parts[0] : parts[0] + "?" + kept);
    }

    private static Set<String> names(String query) {
        return Stream.of(query.split("&")).map(ApiRequest::name).collect(Collectors.toSet());
    }

    private static String name(String pair) {
        return pair.split("=", 2)[0];
    }

    public ApiRequest with(String header, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new ApiRequest(method, target, more, body);
    }

    public ApiRequest without(String header) {
        var fewer = new LinkedHashMap<>(headers);
        fewer.remove(header);
        return new ApiRequest(method, target, fewer, body);
    }

    public ApiRequest carrying(byte[] bytes) {
        return new ApiRequest(method, target, headers, Buffer.buffer(bytes));
    }

    public byte[] bytes() {
        return body == null ? new byte[0] : body.getBytes();
    }

    public ApiRequest json(String text) {
        return with("Content-Type", "application/json").carrying(text.getBytes(UTF_8));
    }

    public ApiRequest lines(String text) {
        return with("Content-Type", LINES).carrying(text.getBytes(UTF_8));
    }

    public String path() {
        return target.split("\\?", 2)[0];
    }

    @Override
    public String toString() {
        return method + " " + target;
    }
}
