package io.parley.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.kernel.Json;
import java.io.UncheckedIOException;

/** Changes single members of free-form JSON. Numbers keep their digits. */
public final class JsonMembers {
    private static final JsonMapper mapper = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private record Merged(Json json) {}

    /**
     * The object with the members of the other one in place of its own; null removes a member. Objects in members are replaced
     * as a whole.
     */
    public static Json merged(Json object, Json changes) {
        var merged = (ObjectNode) tree(object);
        tree(changes).properties().forEach(change -> {
            if (change.getValue().isNull()) merged.remove(change.getKey());
            else merged.set(change.getKey(), change.getValue());
        });
        return JsonForm.bind(mapper.createObjectNode().set("json", merged), Merged.class)
                .json();
    }

    private static JsonNode tree(Json json) {
        try {
            return mapper.readTree(json.text());
        } catch (JsonProcessingException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private JsonMembers() {}
}
