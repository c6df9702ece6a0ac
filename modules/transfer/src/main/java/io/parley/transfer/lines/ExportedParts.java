package io.parley.transfer.lines;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.kernel.Ids;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells the parts of a message of Parley's from what other systems call parts. */
final class ExportedParts {
    private static final Set<String> FIELDS = Set.of("type", "text", "file_id", "name", "media_type", "size");

    private static final Pattern MEDIA_TYPE = Pattern.compile("[\\w.+-]{1,100}/[\\w.+-]{1,100}");

    /** Whether it is a list of texts and files, each with all fields as exports write them. */
    static boolean are(JsonNode parts) {
        if (!parts.isArray() || parts.isEmpty()) return false;
        for (var part : parts) if (!isPart(part)) return false;
        return true;
    }

    private static boolean isPart(JsonNode part) {
        var names = new HashSet<String>();
        part.fieldNames().forEachRemaining(names::add);
        return names.equals(FIELDS) && (isText(part) || isFile(part));
    }

    private static boolean isText(JsonNode part) {
        return part.path("type").asText().equals("text")
                && part.path("text").isTextual()
                && part.path("file_id").isNull();
    }

    private static boolean isFile(JsonNode part) {
        return part.path("type").asText().equals("file")
                && part.path("text").isNull()
                && Ids.parse(part.path("file_id").asText()).isPresent()
                && part.path("name").isTextual()
                && MEDIA_TYPE.matcher(part.path("media_type").asText()).matches()
                && part.path("size").isIntegralNumber()
                && part.path("size").canConvertToLong();
    }

    private ExportedParts() {}
}
