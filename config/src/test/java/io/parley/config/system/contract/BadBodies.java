package io.parley.config.system.contract;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.parley.config.system.client.ApiContract;
import io.parley.config.system.client.ApiRequest;
import io.parley.config.system.client.Json;
import io.parley.config.system.client.Operation;
import io.parley.config.system.client.SampleValue;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Bad request bodies. */
final class BadBodies {
    private static final ApiContract contract = ApiContract.SERVED;

    // The same values are tried in every field, and reading a number of many digits takes milliseconds.
    private static final Map<String, JsonNode> READ = new ConcurrentHashMap<>();

    private final Operation operation;

    BadBodies(Operation operation) {
        this.operation = operation;
    }

    Stream<BadCase> cases() {
        if (operation.bodies().isEmpty() || operation.isUpload()) return Stream.empty();
        return Stream.of(fields(), foreignFields(), twice(), syntax(), types()).flatMap(cases -> cases);
    }

    private Stream<BadCase> fields() {
        return properties().properties().stream()
                .flatMap(property -> BadValues.values(contract.resolved(property.getValue())).stream()
                        .map(value -> field(property.getKey(), property.getValue(), value)));
    }

    private BadCase field(String name, JsonNode schema, RawJson value) {
        UnaryOperator<ApiRequest> spoil =
                request -> rewritten(request, body -> body.putRawValue(name, new RawValue(value.text())));
        // Malformed JSON has no field that the error could point at.
        if (value.hopeless()) return BadCase.malformed(operation, name + " " + value.name(), spoil);
        var sent = READ.computeIfAbsent(value.text(), Json::read);
        return contract.allows(schema, sent)
                ? new BadCase(operation, value.name(), "/" + name, Set.of(), sent, spoil)
                : BadCase.refused(operation, value.name(), "/" + name, Set.of(400), spoil);
    }

    // Read-only fields: in the response, but not accepted in the request.
    private Stream<BadCase> foreignFields() {
        var answered = contract.resolved(
                        operation.responses().get(operation.success()).at("/content/application~1json/schema"))
                .path("properties");
        return Stream.concat(
                        Stream.of("no_such_field", "user_id", "deleted_at", "is_superuser", "", "~/"),
                        answered.properties().stream().map(property -> property.getKey()))
                .filter(name -> !properties().has(name))
                .distinct()
                .map(name -> BadCase.refused(
                        operation,
                        name + " is no field of it",
                        operation.takesSecret()
                                ? ""
                                : "/" + name.replace("~", "~0").replace("/", "~1"),
                        Set.of(400),
                        request -> rewritten(request, body -> body.put(name, "text"))));
    }

    private Stream<BadCase> twice() {
        return properties().properties().stream()
                .map(property -> property.getKey())
                .map(name -> BadCase.malformed(operation, name + " twice", request -> {
                    var value = SampleValue.of(properties().get(name));
                    var entry = "\"" + name + "\":" + value;
                    return request.json("{" + entry + "," + entry + "}");
                }));
    }

    private Stream<BadCase> syntax() {
        var missing = operation.needsBody() ? Stream.of(malformed("empty", text -> "")) : Stream.<BadCase>empty();
        return Stream.concat(missing, malformed());
    }

    private Stream<BadCase> malformed() {
        return Stream.of(
                malformed("cut off", text -> text.substring(0, text.length() - 1)),
                malformed("garbage behind it", text -> text + "x"),
                malformed("twice", text -> text + text),
                malformed("white space", text -> " \n"),
                malformed("null", text -> "null"),
                malformed("true", text -> "true"),
                malformed("number", text -> "1"),
                malformed("text", text -> "\"text\""),
                malformed("array", text -> "[]"),
                malformed("in an array", text -> "[" + text + "]"),
                malformed("trailing comma", text -> text.substring(0, text.length() - 1) + ",}"),
                malformed("comment", text -> "/* body */" + text),
                malformed("1000 arrays", text -> "[".repeat(1_000) + "]".repeat(1_000)),
                malformed("100000 arrays", text -> "[".repeat(100_000) + "]".repeat(100_000)),
                malformed("100000 open arrays", text -> "[".repeat(100_000)),
                malformed("1000 objects", text -> "{\"a\":".repeat(1_000) + "1" + "}".repeat(1_000)),
                malformed("100000 objects", text -> "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000)),
                malformed("no UTF-8", text -> RawJson.NO_UTF8 + text),
                malformed("NUL before it", text -> "\u0000" + text),
                BadCase.malformed(
                        operation,
                        "in UTF-16",
                        request -> request.carrying(text(request).getBytes(UTF_16))));
    }

    private BadCase malformed(String name, UnaryOperator<String> rewrite) {
        return BadCase.malformed(
                operation, "body " + name, request -> request.carrying(RawJson.encoded(rewrite.apply(text(request)))));
    }

    private Stream<BadCase> types() {
        var refused = Stream.of(
                        "text/plain",
                        "application/xml",
                        "application/x-www-form-urlencoded",
                        "multipart/form-data; boundary=x",
                        "application/json-patch+json",
                        "application/jsonp",
                        "application/json; charset=utf-16",
                        "*/*",
                        "application/merge-patch+json")
                .filter(type -> !operation.bodies().containsKey(type))
                .map(type -> unsupported(type, request -> request.with("Content-Type", type)));
        return Stream.concat(
                refused,
                Stream.of(
                        unsupported("no content type", request -> request.without("Content-Type")),
                        unsupported("gzip", request -> request.with("Content-Encoding", "gzip")),
                        BadCase.refused(
                                operation,
                                "larger than it may be",
                                "",
                                Set.of(413),
                                request -> request.json(text(request) + " ".repeat(operation.maxBody())))));
    }

    private BadCase unsupported(String name, UnaryOperator<ApiRequest> spoil) {
        return BadCase.refused(operation, name, "", Set.of(415), spoil);
    }

    private JsonNode properties() {
        return contract.resolved(operation.bodies().values().iterator().next()).get("properties");
    }

    private static ApiRequest rewritten(ApiRequest request, Consumer<ObjectNode> change) {
        var body = (ObjectNode) Json.read(text(request));
        change.accept(body);
        return request.carrying(RawJson.encoded(body.toString()));
    }

    private static String text(ApiRequest request) {
        return new String(request.bytes(), UTF_8);
    }
}
