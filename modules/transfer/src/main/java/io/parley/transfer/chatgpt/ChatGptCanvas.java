package io.parley.transfer.chatgpt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.transfer.sources.EmbeddedJson;
import io.parley.transfer.sources.SourceFields;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A document that the model wrote into a canvas, or changed there.
 *
 * @param withoutText the rest of the call
 */
record ChatGptCanvas(
        String text, @Nullable String name, @Nullable String type, ObjectNode withoutText) {
    /** Empty if the call is of another tool, or has no text. */
    static Optional<ChatGptCanvas> of(String tool, String arguments) {
        if (!tool.startsWith("canmore.")) return Optional.empty();
        return EmbeddedJson.object(arguments).flatMap(call -> switch (tool) {
            case "canmore.create_textdoc" ->
                of(call, "content", call.path("content").asText());
            case "canmore.update_textdoc" -> of(call, "updates", replacements(call.path("updates")));
            default -> Optional.empty();
        });
    }

    private static Optional<ChatGptCanvas> of(ObjectNode call, String field, String text) {
        if (text.isBlank()) return Optional.empty();
        var rest = call.deepCopy();
        rest.remove(field);
        return Optional.of(new ChatGptCanvas(
                text, SourceFields.text(call, "name", "title"), SourceFields.text(call, "type"), rest));
    }

    private static String replacements(JsonNode updates) {
        return SourceFields.stream(updates)
                .map(update -> update.path("replacement").asText())
                .collect(Collectors.joining("\n"));
    }
}
