package io.parley.transfer.chatgpt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Converts a message of a ChatGPT export to an import line's message. Which field has the text
 * depends on its content type. Parts that are not text, such as pointers to images, are kept in the metadata.
 */
final class ChatGptMessage {
    private static final Set<String> ROLES = Set.of("user", "assistant", "system", "tool");

    /** Returns null if the message is empty, as at the root of a tree. */
    static @Nullable ObjectNode toLine(JsonNode message) {
        var content = message.path("content");
        var parts = parts(content);
        var text = text(content, parts);
        var otherParts = parts.stream().filter(part -> !part.isTextual()).toList();
        if (text.isBlank() && otherParts.isEmpty()) return null;
        var contentType = content.path("content_type").asText("text");
        var line = JsonNodeFactory.instance.objectNode();
        line.put("content", text.isBlank() ? "[" + contentType + "]" : text);
        line.set("model", message.path("metadata").get("model_slug"));
        var metadata = line.putObject("metadata");
        if (!contentType.equals("text")) metadata.put("content_type", contentType);
        if (!otherParts.isEmpty()) metadata.putArray("parts").addAll(otherParts);
        var recipient = message.path("recipient").asText("all");
        if (!recipient.equals("all")) metadata.put("recipient", recipient);
        setAuthor(line, metadata, message.path("author"));
        return line;
    }

    private static List<JsonNode> parts(JsonNode content) {
        var parts = new ArrayList<JsonNode>();
        content.path("parts").forEach(parts::add);
        content.path("thoughts").forEach(thought -> parts.add(thought.path("content")));
        return parts;
    }

    private static String text(JsonNode content, List<JsonNode> parts) {
        var texts = Stream.concat(
                parts.stream(), Stream.of("text", "result", "content").map(content::path));
        return String.join(
                "\n", texts.filter(JsonNode::isTextual).map(JsonNode::asText).toList());
    }

    private static void setAuthor(ObjectNode line, ObjectNode metadata, JsonNode author) {
        var role = author.path("role").asText();
        line.put("role", ROLES.contains(role) ? role : "assistant");
        if (!ROLES.contains(role)) metadata.put("role", role);
        if (author.hasNonNull("name")) line.set("name", author.get("name"));
    }

    private ChatGptMessage() {}
}
