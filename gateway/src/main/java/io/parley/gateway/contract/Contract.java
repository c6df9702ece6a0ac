package io.parley.gateway.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.parley.gateway.http.ClasspathFiles;
import io.parley.gateway.http.HeaderNames;
import io.parley.gateway.http.MediaTypes;
import io.parley.json.DocumentSchemas;
import io.parley.kernel.access.Scope;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The operations of openapi.yaml. */
public final class Contract {
    public static final String FILE = "/openapi.yaml";

    /** A limit of its own for the body of an operation. */
    private static final String MAX_BYTES = "x-max-bytes";

    private static final String TOKEN_SCHEME = "token";
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    private final String prefix;
    private final JsonNode document;
    private final DocumentSchemas schemas;
    private final Map<String, String> pathsById = new LinkedHashMap<>();
    private final List<Operation> operations = new ArrayList<>();

    /**
     * Takes about a second.
     *
     * @param prefix of the paths in Location
     */
    public static Contract read(String prefix) {
        try {
            return new Contract(new YAMLMapper().readTree(ClasspathFiles.bytes(FILE)), prefix);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Contract(JsonNode document, String prefix) {
        this.document = document;
        this.prefix = prefix;
        this.schemas = new DocumentSchemas(document);
        endpoints().forEach(endpoint -> pathsById.put(endpoint.id(), endpoint.path()));
        endpoints().map(this::operation).forEach(operations::add);
    }

    /** The operation with this id. */
    Operation operation(String id) {
        return operations.stream()
                .filter(operation -> operation.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("openapi.yaml has no operation " + id));
    }

    /** In the order of the file. */
    List<Operation> operations() {
        return operations;
    }

    private record Endpoint(String path, String method, JsonNode node) {
        String id() {
            return node.path("operationId").asText();
        }
    }

    private Stream<Endpoint> endpoints() {
        return document.path("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream()
                        .filter(method -> METHODS.contains(method.getKey()))
                        .map(method -> new Endpoint(path.getKey(), method.getKey(), method.getValue())));
    }

    private Operation operation(Endpoint endpoint) {
        var node = endpoint.node();
        var success = success(endpoint);
        return new Operation(
                endpoint.id(),
                HttpMethod.valueOf(endpoint.method().toUpperCase(Locale.ROOT)),
                endpoint.path(),
                node.path("security").isArray() && node.path("security").isEmpty(),
                tokenScopes(node),
                Integer.parseInt(success.getKey()),
                success.getValue().path("headers").has("ETag"),
                answeredFields(success.getValue()),
                location(success.getValue()),
                parameters(node, "header")
                        .anyMatch(header -> header.path("name").asText().equals(HeaderNames.IDEMPOTENCY_KEY)),
                success.getValue().path("content").has(MediaTypes.EVENT_STREAM),
                success.getValue().path("content").size() == 1,
                body(endpoint),
                new QueryParameters(
                        queryParameters(node),
                        node.path("x-ignores-unknown-parameters").asBoolean()),
                node.path("x-reads-replica").asBoolean(),
                redaction(node));
    }

    // One of the alternatives is a token with these scopes.
    private static Optional<Set<Scope>> tokenScopes(JsonNode operation) {
        return stream(operation.path("security").elements())
                .map(alternative -> alternative.path(TOKEN_SCHEME))
                .filter(JsonNode::isArray)
                .map(scopes -> stream(scopes.elements())
                        .map(scope -> Scope.of(scope.asText()).orElseThrow())
                        .collect(Collectors.toUnmodifiableSet()))
                .findFirst();
    }

    // The first one: an event stream also has 204, for a client that has received everything. What sends browsers
    // elsewhere has 3xx alone.
    private static Map.Entry<String, JsonNode> success(Endpoint endpoint) {
        return endpoint.node().path("responses").properties().stream()
                .filter(answer -> answer.getKey().matches("2..|30[23]"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("openapi.yaml has no success for " + endpoint.id()));
    }

    private Optional<String> location(JsonNode success) {
        var links = success.path("links").elements();
        return links.hasNext()
                ? Optional.ofNullable(
                                pathsById.get(links.next().path("operationId").asText()))
                        .map(path -> prefix + path)
                : Optional.empty();
    }

    private Optional<BodySchema> body(Endpoint endpoint) {
        var requestBody = endpoint.node().path("requestBody");
        var content = requestBody.path("content");
        var schema = new BodySchema(
                requestBody.path("required").asBoolean(),
                requestBody.has(MAX_BYTES) ? requestBody.path(MAX_BYTES).intValue() : null);
        content.fieldNames()
                .forEachRemaining(type -> schema.add(
                        type, schemas.at("paths", endpoint.path(), endpoint.method(), "requestBody", "content", type)));
        return content.isEmpty() ? Optional.empty() : Optional.of(schema);
    }

    private SecretRedaction redaction(JsonNode operation) {
        Map<String, JsonNode> fields = new HashMap<>();
        for (var content : operation.path("requestBody").path("content"))
            resolved(content.path("schema"))
                    .path("properties")
                    .properties()
                    .forEach(field -> fields.put(field.getKey(), resolved(field.getValue())));
        var takesSecret = fields.values().stream()
                .anyMatch(field -> field.path("format").asText().equals("password"));
        var names =
                parameters(operation).map(parameter -> parameter.path("name").asText());
        var freeForm = fields.entrySet().stream()
                .filter(field -> field.getValue().path("type").asText().equals("object")
                        && !field.getValue().has("properties"))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
        return new SecretRedaction(
                takesSecret, Stream.concat(fields.keySet().stream(), names).collect(Collectors.toSet()), freeForm);
    }

    private List<Parameter> queryParameters(JsonNode operation) {
        return parameters(operation, "query")
                .map(parameter -> new Parameter(
                        parameter.path("name").asText(),
                        parameter.path("required").asBoolean(),
                        resolvedWithItems(parameter.path("schema")),
                        parameter.path("explode").asBoolean(true)))
                .toList();
    }

    private Stream<JsonNode> parameters(JsonNode operation, String in) {
        return parameters(operation)
                .filter(parameter -> parameter.path("in").asText().equals(in));
    }

    private Stream<JsonNode> parameters(JsonNode operation) {
        return stream(operation.path("parameters").elements()).map(this::resolved);
    }

    private JsonNode resolvedWithItems(JsonNode schema) {
        var resolved = resolved(schema);
        if (!(resolved instanceof ObjectNode array) || !array.has("items")) return resolved;
        var copy = array.deepCopy();
        copy.set("items", resolved(array.path("items")));
        return copy;
    }

    // Of the resource, or of each item of a list.
    private Set<String> answeredFields(JsonNode success) {
        var schema = resolved(success.path("content").path(MediaTypes.JSON).path("schema"));
        var items = resolved(schema.path("properties").path("items").path("items"));
        return (items.has("properties") ? items : schema)
                .path("properties").properties().stream()
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toUnmodifiableSet());
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
    }

    private static <T> Stream<T> stream(Iterator<T> elements) {
        return StreamSupport.stream(((Iterable<T>) () -> elements).spliterator(), false);
    }
}
