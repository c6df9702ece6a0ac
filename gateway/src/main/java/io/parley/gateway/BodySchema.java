package io.parley.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import io.parley.json.Pointers;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Fault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What one body must be like, with its violations in words for whoever sent it. */
final class BodySchema {
    private static final int MAX_FAULTS = 20;

    private final Schema schema;

    BodySchema(Schema schema) {
        this.schema = schema;
    }

    /** Fails invalid, with one fault for each place that violates the schema. */
    void check(JsonNode body) {
        Map<String, Fault> faults = new LinkedHashMap<>();
        for (var error : schema.validate(body)) {
            var pointer = pointer(error);
            faults.putIfAbsent(pointer, new Fault(pointer, detail(error)));
        }
        if (!faults.isEmpty())
            throw Problem.invalid(
                    new ArrayList<>(faults.values().stream().limit(MAX_FAULTS).toList()));
    }

    // What is missing and what is too much is not at the place that says so, but one further down.
    private static String pointer(Error error) {
        var at = error.getInstanceLocation().toString();
        return error.getProperty() == null ? at : Pointers.member(at, error.getProperty());
    }

    private static String detail(Error error) {
        var rule = error.getSchemaNode();
        return switch (error.getKeyword()) {
            case "required" -> "is required";
            case "additionalProperties" -> "is not known here";
            case "type" -> "must be of type " + words(rule, " or ");
            case "enum" -> "must be one of " + words(rule, ", ");
            case "minimum" -> "must be at least " + rule.asText();
            case "maximum" -> "must be at most " + rule.asText();
            case "minItems" -> "must have at least " + rule.asText() + " items";
            case "maxItems" -> "must have at most " + rule.asText() + " items";
            case "minLength" -> "must be at least " + rule.asText() + " characters long";
            case "maxLength" -> "must be at most " + rule.asText() + " characters long";
            case "format" -> "must be in the format " + rule.asText();
            default -> "is not of the form that the contract describes";
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
