package io.parley.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The JSON Schemas within an OpenAPI 3.1 document. */
public final class DocumentSchemas {
    // A name to find the document under; nothing is fetched from it (RFC 6761, 6.4).
    private static final String DOCUMENT = "https://parley.invalid/openapi.json";

    private final SchemaRegistry registry;

    public DocumentSchemas(JsonNode document) {
        registry = SchemaRegistry.withDefaultDialect(
                Dialects.getOpenApi31(),
                builder ->
                        builder.schemas(Map.of(DOCUMENT, document.toString())).schemaRegistryConfig(JsonSchema.CONFIG));
    }

    /** The member {@code schema} of what these names lead to. */
    public JsonSchema at(String... content) {
        var pointer = Stream.concat(Stream.of(content), Stream.of("schema"))
                .map(Pointers::token)
                .collect(Collectors.joining("/", "#/", ""));
        return JsonSchema.of(registry.getSchema(SchemaLocation.of(DOCUMENT + pointer)));
    }
}
