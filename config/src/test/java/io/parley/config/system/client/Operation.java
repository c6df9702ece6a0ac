package io.parley.config.system.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One operation of the contract.
 *
 * @param open whether it takes no token
 * @param maxBody of a body, in bytes
 * @param bodies the schemas of its request bodies by content type
 * @param responses by status
 */
public record Operation(
        String id,
        String method,
        String path,
        boolean open,
        List<Parameter> parameters,
        int maxBody,
        Map<String, JsonNode> bodies,
        boolean needsBody,
        boolean ignoresUnknownParameters,
        Map<Integer, JsonNode> responses) {
    private static final int MEBIBYTE = 1024 * 1024;

    /**
     * @param in path, query or header
     * @param isExploded whether it is repeated for each item if it is a list, instead of commas between them
     * @param example a value that fits the examples of the other parameters; missing if any value does
     */
    public record Parameter(
            String name, String in, boolean required, boolean isExploded, JsonNode schema, JsonNode example) {
        /** A value that the operation accepts, as text. */
        public String sample() {
            return (example.isMissingNode() ? SampleValue.of(schema) : example).asText();
        }
    }

    static Operation read(ApiContract contract, String path, String method, JsonNode node) {
        var parameters = new ArrayList<Parameter>();
        for (var each : node.path("parameters")) {
            var parameter = contract.resolved(each);
            parameters.add(new Parameter(
                    parameter.get("name").asText(),
                    parameter.get("in").asText(),
                    parameter.path("required").asBoolean(),
                    parameter.path("explode").asBoolean(true),
                    parameter.get("schema"),
                    parameter.path("example")));
        }
        var bodies = new LinkedHashMap<String, JsonNode>();
        node.at("/requestBody/content")
                .properties()
                .forEach(body -> bodies.put(body.getKey(), body.getValue().get("schema")));
        var responses = new LinkedHashMap<Integer, JsonNode>();
        node.get("responses")
                .properties()
                .forEach(response ->
                        responses.put(Integer.valueOf(response.getKey()), contract.resolved(response.getValue())));
        return new Operation(
                node.get("operationId").asText(),
                method.toUpperCase(Locale.ROOT),
                path,
                node.has("security") && node.get("security").isEmpty(),
                parameters,
                node.at("/requestBody/x-max-bytes").asInt(MEBIBYTE),
                bodies,
                node.at("/requestBody/required").asBoolean(),
                node.path("x-ignores-unknown-parameters").asBoolean(),
                responses);
    }

    boolean serves(String method, String path) {
        return this.method.equals(method) && fits(path.split("/", -1));
    }

    // Every response is checked against the operation that serves its path, so this runs a million times.
    private boolean fits(String[] segments) {
        var own = path.split("/", -1);
        if (own.length != segments.length) return false;
        for (int at = 0; at < own.length; at++)
            if (own[at].startsWith("{") ? segments[at].isEmpty() : !own[at].equals(segments[at])) return false;
        return true;
    }

    /** Whether its body is an upload: lines that are validated one by one, or any bytes. */
    public boolean isUpload() {
        return bodies.containsKey(ApiRequest.LINES) || bodies.containsKey(ApiRequest.BYTES);
    }

    /** Whether its body contains a secret; its errors then repeat no name that could be the secret. */
    public boolean takesSecret() {
        var contract = ApiContract.SERVED;
        return bodies.values().stream()
                .flatMap(body -> contract.resolved(body).path("properties").properties().stream())
                .anyMatch(field -> contract.resolved(field.getValue())
                        .path("format")
                        .asText()
                        .equals("password"));
    }

    /** Whether it can respond with a stream of events. */
    public boolean answersEvents() {
        return responses.get(success()).path("content").has("text/event-stream");
    }

    public boolean namesOne() {
        return path.contains("{id}");
    }

    /** The path with all required query parameters. */
    public String target() {
        return parametersIn("query").stream()
                .filter(Parameter::required)
                .map(parameter -> parameter.name() + "=" + URLEncoder.encode(parameter.sample(), UTF_8))
                .reduce((one, other) -> one + "&" + other)
                .map(query -> path + "?" + query)
                .orElse(path);
    }

    public List<Parameter> parametersIn(String place) {
        return parameters.stream()
                .filter(parameter -> parameter.in().equals(place))
                .toList();
    }

    /** The status of success. */
    public int success() {
        return responses.keySet().stream()
                .filter(status -> status / 100 == 2 || status == 302 || status == 303)
                .findFirst()
                .orElseThrow();
    }

    /** The id of the operation that reads what this one creates; empty if it creates nothing. */
    String linked() {
        return responses.get(success()).path("links").findValuesAsText("operationId").stream()
                .findFirst()
                .orElse("");
    }

    @Override
    public String toString() {
        return id;
    }
}
