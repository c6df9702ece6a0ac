package io.parley.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.kernel.Ids;
import io.parley.kernel.Problem;
import java.util.Set;

/** The members of an object from elsewhere: those that there is a place for here, and the rest in its metadata. */
final class Members {
    private static final String METADATA = "metadata";

    /** Only the places and {@code metadata} are left; what goes to the metadata never overwrites what is there. */
    static ObjectNode settled(ObjectNode json, Set<String> places) {
        var settled = json.objectNode();
        var metadata = metadata(json);
        json.properties().forEach(member -> {
            var name = member.getKey();
            if (places.contains(name) && isOfPlace(name, member.getValue())) settled.set(name, member.getValue());
            else if (!name.equals(METADATA) && !member.getValue().isNull() && !metadata.has(name))
                metadata.set(name, member.getValue());
        });
        settled.set(METADATA, metadata);
        return settled;
    }

    private static ObjectNode metadata(ObjectNode json) {
        var metadata = json.path(METADATA);
        if (metadata.isMissingNode() || metadata.isNull()) return json.objectNode();
        if (metadata instanceof ObjectNode given) return json.objectNode().setAll(given);
        throw Problem.invalid("/metadata", "must be of type object");
    }

    // Others name their things in other ways than by UUIDs.
    private static boolean isOfPlace(String name, JsonNode value) {
        return !name.equals("id") || Ids.parse(value.asText()).isPresent();
    }

    private Members() {}
}
