package io.parley.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.path.PathType;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Fault;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A JSON Schema (draft 2020-12, formats included) that reports violations in words for the caller of the API. */
public final class JsonSchema {
    private static final int MAX_FAULTS = 20;

    static final SchemaRegistryConfig CONFIG = SchemaRegistryConfig.builder()
            .pathType(PathType.JSON_POINTER)
            .formatAssertionsEnabled(true)
            .locale(Locale.ENGLISH)
            .build();

    private static final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
            Dialects.getDraft202012(), builder -> builder.schemaRegistryConfig(CONFIG));

    private final Schema schema;

    private JsonSchema(Schema schema) {
        this.schema = schema;
    }

    /** Compiles the schema. The first one of a process takes much longer, because the validator loads its meta-schemas. */
    public static JsonSchema of(String text) {
        return of(registry.getSchema(text, InputFormat.JSON));
    }

    static JsonSchema of(Schema schema) {
        schema.initializeValidators();
        return new JsonSchema(schema);
    }

    /** Fails invalid, with one fault for each place that violates the schema and at most 20 in all. */
    public void check(JsonNode value) {
        Map<String, Fault> faults = new LinkedHashMap<>();
        for (var error : schema.validate(value)) {
            var pointer = pointer(error);
            faults.putIfAbsent(pointer, new Fault(pointer, detail(error)));
        }
        if (!faults.isEmpty())
            throw Problem.invalid(List.copyOf(faults.values()).subList(0, Math.min(MAX_FAULTS, faults.size())));
    }

    // A missing or an unknown field is reported at its parent, but it is the field that the caller looks for.
    private static String pointer(Error error) {
        var at = error.getInstanceLocation().toString();
        return error.getProperty() == null ? at : Pointers.member(at, error.getProperty());
    }

    private static String detail(Error error) {
        var rule = error.getSchemaNode();
        return switch (error.getKeyword()) {
            case "required" -> "is required";
            case "additionalProperties" -> "is not a recognised field";
            case "type" -> "must be of type " + words(rule, " or ");
            case "enum" -> "must be one of " + words(rule, ", ");
            case "minimum" -> "must be at least " + rule.asText();
            case "maximum" -> "must be at most " + rule.asText();
            case "minItems" -> "must have at least " + counted(rule, "item");
            case "maxItems" -> "must have at most " + counted(rule, "item");
            case "uniqueItems" -> "must not have the same item twice";
            case "maxProperties" -> "must have at most " + counted(rule, "field");
            case "minLength" -> "must be at least " + counted(rule, "character") + " long";
            case "maxLength" -> "must be at most " + counted(rule, "character") + " long";
            case "const" -> "must be " + rule.asText();
            case "format" -> format(rule.asText());
            default -> "has an invalid value";
        };
    }

    private static String counted(JsonNode number, String noun) {
        return number.asText() + " " + noun + (number.asInt() == 1 ? "" : "s");
    }

    private static String format(String name) {
        return switch (name) {
            case "date-time" -> Times.EXPECTATION;
            case "uuid" -> "must be a UUID";
            case "email" -> "must be an email address";
            default -> "must be in the format " + name;
        };
    }

    private static String words(JsonNode rule, String separator) {
        return rule.isArray()
                ? StreamSupport.stream(rule.spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(separator))
                : rule.asText();
    }
}
