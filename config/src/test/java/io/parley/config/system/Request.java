package io.parley.config.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is sent.
 *
 * @param target path and query, percent-encoded
 */
record Request(
        String method,
        String target,
        Map<String, String> headers,
        @Nullable Buffer body) {

    static final String LINES = "application/x-ndjson";

    static Request of(String method, String target) {
        return new Request(method, target, Map.of(), null);
    }

    Request to(String elsewhere) {
        return new Request(method, elsewhere, headers, body);
    }

    /** With this in its query, in place of what it says of the same parameters. */
    Request asking(String more) {
        var asked = notAsking(names(more)).target();
        return to(asked + (asked.contains("?") ? "&" : "?") + more);
    }

    /** Without these parameters in its query. */
    Request notAsking(Set<String> parameters) {
        var parts = target.split("\\?", 2);
        if (parts.length == 1) return this;
        var kept = Stream.of(parts[1].split("&"))
                .filter(pair -> !parameters.contains(name(pair)))
                .collect(Collectors.joining("&"));
        return to(kept.isEmpty() ? parts[0] : parts[0] + "?" + kept);
    }

    private static Set<String> names(String query) {
        return Stream.of(query.split("&")).map(Request::name).collect(Collectors.toSet());
    }

    private static String name(String pair) {
        return pair.split("=", 2)[0];
    }

    Request with(String header, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Request(method, target, more, body);
    }

    Request without(String header) {
        var fewer = new LinkedHashMap<>(headers);
        fewer.remove(header);
        return new Request(method, target, fewer, body);
    }

    Request carrying(byte[] bytes) {
        return new Request(method, target, headers, Buffer.buffer(bytes));
    }

    byte[] bytes() {
        return body == null ? new byte[0] : body.getBytes();
    }

    Request json(String text) {
        return with("Content-Type", "application/json").carrying(text.getBytes(UTF_8));
    }

    Request lines(String text) {
        return with("Content-Type", LINES).carrying(text.getBytes(UTF_8));
    }

    String path() {
        return target.split("\\?", 2)[0];
    }

    @Override
    public String toString() {
        return method + " " + target;
    }
}
