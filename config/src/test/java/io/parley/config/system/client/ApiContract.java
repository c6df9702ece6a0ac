package io.parley.config.system.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The contract openapi.yaml, as the gateway serves it. */
public final class ApiContract {
    public static final ApiContract SERVED = new ApiContract();

    private final JsonNode root;
    private final List<Operation> operations = new ArrayList<>();
    private final Map<JsonNode, Schema> schemas = new ConcurrentHashMap<>();
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

    private ApiContract() {
        try (var file = ApiContract.class.getResourceAsStream("/openapi.yaml")) {
            root = new YAMLMapper().readTree(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        root.get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method -> operations.add(
                                Operation.read(this, path.getKey(), method.getKey(), method.getValue()))));
    }

    public List<Operation> operations() {
        return operations;
    }

    public Operation operation(String id) {
        return operations.stream()
                .filter(operation -> operation.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** Empty if the contract has no such method at that path. */
    public Optional<Operation> serving(String method, String path) {
        return operations.stream()
                .filter(operation -> operation.serves(method, path))
                .findFirst();
    }

    /** The operation that reads what this one creates. */
    public Optional<Operation> reader(Operation creator) {
        var linked = creator.linked();
        return operations.stream()
                .filter(operation -> operation.id().equals(linked))
                .findFirst();
    }

    /** Returns why the schema does not allow the value; empty if it does. */
    public List<String> breaches(JsonNode schema, JsonNode value) {
        return schemas.computeIfAbsent(schema, this::compiled).validate(value).stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                .toList();
    }

    public boolean allows(JsonNode schema, JsonNode value) {
        return breaches(schema, value).isEmpty();
    }

    /** The schema of this name among the components. */
    public JsonNode schema(String name) {
        return root.get("components").get("schemas").get(name);
    }

    public JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? root.at(node.get("$ref").asText().substring(1)) : node;
    }

    private Schema compiled(JsonNode schema) {
        ObjectNode whole = schema.deepCopy();
        whole.set("components", root.get("components"));
        return registry.getSchema(whole);
    }
}
