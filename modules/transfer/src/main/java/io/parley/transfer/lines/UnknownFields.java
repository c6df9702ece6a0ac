package io.parley.transfer.lines;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.kernel.Ids;
import io.parley.kernel.Problem;
import java.util.Set;

/** Keeps fields of other systems' exports that have no counterpart here: they move to the metadata. */
final class UnknownFields {
    private static final Set<String> IDS = Set.of("id", "current_leaf");
    private static final String METADATA = "metadata";

    /**
     * Returns a copy that has the known fields and {@code metadata} only. An {@code id} or {@code current_leaf} that is not a UUID
     * is an unknown field. An unknown field never overwrites a key of the given metadata. Fails invalid if {@code metadata} is not an
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

    // Other systems have ids that are not UUIDs.
    private static boolean isUsable(String name, JsonNode value) {
        return !IDS.contains(name) || Ids.parse(value.asText()).isPresent();
    }

    private UnknownFields() {}
}
