package io.parley.transfer.sources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads fields that an export may lack, leave null or spell in several ways. */
public final class SourceFields {
    /** The first of these fields that is a text and not blank. */
    public static @Nullable String text(JsonNode object, String... names) {
        return Stream.of(names)
                .map(object::path)
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElse(null);
    }

    /** The elements of an array that are texts. */
    public static List<String> texts(JsonNode array) {
        return stream(array)
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .toList();
    }

    /** The elements of an array; none if it is not an array. */
    public static Stream<JsonNode> stream(JsonNode array) {
        return array.isArray() ? StreamSupport.stream(array.spliterator(), false) : Stream.empty();
    }

    /** The texts that are not null, each a paragraph; null if there is none. */
    public static @Nullable String paragraphs(List<@Nullable String> texts) {
        var present = new ArrayList<String>();
        for (var text : texts) if (text != null && !text.isBlank()) present.add(text.strip());
        return present.isEmpty() ? null : String.join("\n\n", present);
    }

    /** The object's other fields, without those that say nothing. */
    public static ObjectNode rest(ObjectNode object, Set<String> known) {
        var rest = object.objectNode();
        object.properties().forEach(field -> {
            if (!known.contains(field.getKey()) && !saysNothing(field.getValue()))
                rest.set(field.getKey(), field.getValue());
        });
        return rest;
    }

    private static boolean saysNothing(JsonNode value) {
        return value.isNull()
                || (value.isContainerNode() && value.isEmpty())
                || (value.isTextual() && value.textValue().isEmpty());
    }

    private SourceFields() {}
}
