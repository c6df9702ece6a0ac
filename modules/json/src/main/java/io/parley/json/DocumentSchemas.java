package io.parley.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The JSON Schemas of an OpenAPI 3.1 document. */
public final class DocumentSchemas {
    // The document is registered under this address; nothing is fetched from it (RFC 6761, 6.4).
    private static final String DOCUMENT = "https://parley.invalid/openapi.json";

    private final Schema document;

    public DocumentSchemas(JsonNode document) {
        this.document = SchemaRegistry.withDefaultDialect(
                        Dialects.getOpenApi31(), builder -> builder.schemaRegistryConfig(JsonSchema.CONFIG))
                .getSchema(SchemaLocation.of(DOCUMENT), document);
    }

    /** The schema at this path, whose last part, {@code schema}, is added here. */
    public JsonSchema at(String... path) {
        var pointer = Stream.concat(Stream.of(path), Stream.of("schema"))
                .map(Pointers::token)
                .collect(Collectors.joining("/", "#/", ""));
        return JsonSchema.of(
                document.getSubSchema(SchemaLocation.of(DOCUMENT + pointer).getFragment()));
    }
}
