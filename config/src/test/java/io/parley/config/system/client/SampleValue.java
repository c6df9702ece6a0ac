package io.parley.config.system.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** The simplest value that a schema allows. */
public final class SampleValue {
    private static final ApiContract contract = ApiContract.SERVED;

    public static JsonNode of(JsonNode reference) {
        var schema = contract.resolved(reference);
        if (schema.has("enum")) return schema.get("enum").get(0);
        return switch (type(schema)) {
            case "object" -> object(schema);
            case "array" -> Json.object().putArray("items").add(of(schema.get("items")));
            case "integer" -> IntNode.valueOf(schema.path("minimum").asInt());
            case "boolean" -> BooleanNode.TRUE;
            default -> TextNode.valueOf(text(schema));
        };
    }

    /** The first type that it allows. */
    public static String type(JsonNode schema) {
        var type = schema.path("type");
        return type.isArray() ? type.get(0).asText() : type.asText();
    }

    private static JsonNode object(JsonNode schema) {
        var object = Json.object();
        for (var required : schema.path("required"))
            object.set(required.asText(), of(schema.get("properties").get(required.asText())));
        return object;
    }

    private static String text(JsonNode schema) {
        return switch (schema.path("format").asText()) {
            case "uuid" -> "019ab1f2-6f4c-7c3a-9a55-0d6c1f6f2b10";
            case "date-time" -> "2027-03-01T12:00:00Z";
            case "password" -> TestUser.PASSWORD;
            default -> schema.has("examples") ? schema.get("examples").get(0).asText() : "some text";
        };
    }

    private SampleValue() {}
}
