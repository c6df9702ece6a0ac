package io.parley.transfer.lines;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.contracts.Tags;
import io.parley.kernel.Ids;
import io.parley.kernel.Problem;
import java.util.ArrayList;
import java.util.Set;

/** Keeps fields of other systems' exports that have no counterpart here: they move to the metadata. */
final class UnknownFields {
    private static final String METADATA = "metadata";

    private static final Set<String> IDS = Set.of("id", "parent_id");

    // Names that other systems use as well, for values of other kinds.
    private static final Set<String> TEXTS = Set.of("instructions", "provider", "model", "current_leaf", "reasoning");

    private static final Set<String> FLAGS = Set.of("pinned", "archived");
    private static final String PARTS = "parts";
    private static final String TAGS = "tags";

    /**
     * Returns a copy that has the known fields and {@code metadata} only. An {@code id} that is not a UUID is an unknown
     * field. An unknown field never overwrites a key of the given metadata. Fails invalid if {@code metadata} is not an
     * object.
     */
    static ObjectNode toMetadata(ObjectNode json, Set<String> knownFields) {
        var known = json.objectNode();
        var metadata = copyOfMetadata(json);
        json.properties().forEach(field -> {
            var name = field.getKey();
            var value = field.getValue();
            if (knownFields.contains(name) && isUsable(name, value)) known.set(name, value);
            else if (!name.equals(METADATA) && !value.isNull() && !metadata.has(name)) metadata.set(name, value);
        });
        known.set(METADATA, metadata);
        return known;
    }

    private static ObjectNode copyOfMetadata(ObjectNode json) {
        var metadata = json.path(METADATA);
        if (metadata.isMissingNode() || metadata.isNull()) return json.objectNode();
        if (metadata instanceof ObjectNode object) return json.objectNode().setAll(object);
        throw Problem.invalid("/metadata", "must be of type object");
    }

    private static boolean isUsable(String name, JsonNode value) {
        if (value.isNull()) return true;
        if (FLAGS.contains(name)) return value.isBoolean();
        if (name.equals(TAGS)) return areTags(value);
        if (name.equals(PARTS)) return ExportedParts.are(value);
        if (TEXTS.contains(name)) return value.isTextual();
        return !IDS.contains(name) || Ids.parse(value.asText()).isPresent();
    }

    private static boolean areTags(JsonNode value) {
        if (!value.isArray()) return false;
        var tags = new ArrayList<String>();
        for (var tag : value) {
            if (!tag.isTextual()) return false;
            tags.add(tag.asText());
        }
        try {
            Tags.stored("", tags);
            return true;
        } catch (Problem notTags) {
            return false;
        }
    }

    private UnknownFields() {}
}
