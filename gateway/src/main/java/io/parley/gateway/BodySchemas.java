package io.parley.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.path.PathType;
import io.parley.json.Pointers;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The JSON Schemas of the contract's bodies. */
final class BodySchemas {
    // A name to find the document under; nothing is fetched from it (RFC 6761, 6.4).
    private static final String DOCUMENT = "https://parley.invalid/openapi.json";

    private final SchemaRegistry registry;

    BodySchemas(JsonNode document) {
        var config = SchemaRegistryConfig.builder()
                .pathType(PathType.JSON_POINTER)
                .formatAssertionsEnabled(true)
                .locale(Locale.ENGLISH)
                .build();
        registry = SchemaRegistry.withDefaultDialect(
                Dialects.getOpenApi31(),
                builder ->
                        builder.schemas(Map.of(DOCUMENT, document.toString())).schemaRegistryConfig(config));
    }

    /** The schema of the content of that type. */
    BodySchema at(String... content) {
        var pointer = Stream.concat(Stream.of(content), Stream.of("schema"))
                .map(Pointers::token)
                .collect(Collectors.joining("/", "#/", ""));
        Schema schema = registry.getSchema(SchemaLocation.of(DOCUMENT + pointer));
        schema.initializeValidators();
        return new BodySchema(schema);
    }
}
