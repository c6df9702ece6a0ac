package io.parley.config.system.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.parley.config.system.client.ApiContract;
import io.parley.config.system.client.Json;
import io.parley.config.system.client.Operation;
import io.parley.config.system.client.Operation.Parameter;
import io.parley.config.system.client.SampleValue;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Bad paths, queries and headers. */
final class BadParameters {
    private static final ApiContract contract = ApiContract.SERVED;

    /** Percent-encodings that are no valid text. */
    private static final List<String> NO_TEXT = List.of("%FF", "%00", "a%00b", "%ED%A0%80", "%C0%80", "%E2%82");

    private static final List<String> TAGS = List.of(
            "tag", "\"open", "\"a\" \"b\"", "W/", "*, \"a\"", "\"a\",", "\"a b\"", "\"" + "a".repeat(2_000) + "\"");

    private static final List<String> KEYS = List.of("", "a b", "\"a b\"", "a\tb", "a, b", "a".repeat(256));

    private final Operation operation;

    BadParameters(Operation operation) {
        this.operation = operation;
    }

    Stream<BadCase> cases() {
        return Stream.of(unknown(), queries(), paths(), header("If-Match", TAGS), header("Idempotency-Key", KEYS))
                .flatMap(cases -> cases);
    }

    private Stream<BadCase> unknown() {
        if (operation.ignoresUnknownParameters()) return Stream.of(query("", "%FF=1"));
        return Stream.of(
                query(repeated("no_such_parameter"), "no_such_parameter=1"),
                query(repeated("no_such_parameter"), "no_such_parameter"),
                query(repeated("Limit"), "Limit=1"),
                query("", "%FF=1"),
                query("", "%00=1"),
                query("", "=1"));
    }

    private String repeated(String name) {
        return operation.takesSecret() ? "" : name;
    }

    private Stream<BadCase> queries() {
        return operation.parametersIn("query").stream().flatMap(this::queries);
    }

    private Stream<BadCase> queries(Parameter parameter) {
        var name = parameter.name();
        var sample = encoded(parameter.sample());
        return Stream.of(
                        texts(parameter).map(text -> value(parameter, text)),
                        NO_TEXT.stream().map(text -> query(name, name + "=" + text)),
                        Stream.of(query(name, name + "=" + sample + "&" + name + "=" + sample)),
                        missing(parameter))
                .flatMap(cases -> cases);
    }

    private Stream<BadCase> missing(Parameter parameter) {
        if (!parameter.required()) return Stream.empty();
        var name = parameter.name();
        return Stream.of(BadCase.refused(
                operation, "without " + name, name, Set.of(400), request -> request.withoutParameters(Set.of(name))));
    }

    private BadCase value(Parameter parameter, String text) {
        var query = parameter.name() + "=" + encoded(text);
        if (!contract.allows(parameter.schema(), typed(parameter, text))) return query(parameter.name(), query);
        return new BadCase(
                operation, query, parameter.name(), Set.of(), null, request -> request.withParameters(query));
    }

    private Stream<BadCase> paths() {
        if (!operation.namesOne()) return Stream.empty();
        var id = operation.parametersIn("path").get(0);
        return Stream.concat(
                texts(id).filter(text -> !text.isEmpty()).map(text -> path(id, text)),
                NO_TEXT.stream().map(text -> path("", text)));
    }

    // A well-formed id may name a resource.
    private BadCase path(Parameter id, String text) {
        var refused = path(id.name(), encoded(text));
        return contract.allows(id.schema(), TextNode.valueOf(text))
                ? new BadCase(operation, refused.name(), id.name(), Set.of(), null, refused.spoil())
                : refused;
    }

    private BadCase path(String fault, String segment) {
        var path = operation.path().replace("{id}", segment);
        return BadCase.refused(operation, path, fault, Set.of(400, 404), request -> request.to(path));
    }

    private Stream<BadCase> header(String name, List<String> values) {
        return operation.parametersIn("header").stream()
                .filter(parameter -> parameter.name().equals(name))
                .flatMap(parameter -> values.stream())
                .map(value -> BadCase.refused(
                        operation, name + ": " + value, name, Set.of(400), request -> request.with(name, value)));
    }

    private BadCase query(String fault, String query) {
        return BadCase.refused(operation, query, fault, Set.of(400), request -> request.withParameters(query));
    }

    // The bad values of bodies that can be written as text, and a few that only a query can have.
    private static Stream<String> texts(Parameter parameter) {
        var texts = new ArrayList<>(List.of("+1", "1 ", "0x10", "1e1", "\uFF15", "asc,desc", "[1]"));
        for (var value : BadValues.values(contract.resolved(parameter.schema())))
            if (!value.hopeless() && value.text().length() < 2_000) texts.add(plain(value.text()));
        return texts.stream().distinct();
    }

    private static String plain(String json) {
        return json.startsWith("\"") ? Json.read(json).asText() : json;
    }

    private static JsonNode typed(Parameter parameter, String text) {
        return switch (SampleValue.type(contract.resolved(parameter.schema()))) {
            case "integer" -> text.matches("-?[0-9]+") ? Json.read(text) : TextNode.valueOf(text);
            case "boolean" -> text.matches("true|false") ? Json.read(text) : TextNode.valueOf(text);
            case "array" -> items(parameter, text);
            default -> TextNode.valueOf(text);
        };
    }

    private static JsonNode items(Parameter parameter, String text) {
        var items = Json.object().putArray("items");
        if (parameter.isExploded()) items.add(text);
        else for (var item : text.split(",", -1)) items.add(item);
        return items;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
