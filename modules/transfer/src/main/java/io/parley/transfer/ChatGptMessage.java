package io.parley.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A message of a ChatGPT export in the form of a line's. Its text is taken from wherever its kind of content has it; parts
 * that are no text, such as pointers to pictures, go to the metadata.
 */
record ChatGptMessage(ObjectNode json) {
    private static final Set<String> ROLES = Set.of("user", "assistant", "system", "tool");

    /** Null where it says nothing, such as at the root of a tree. */
    static @Nullable ChatGptMessage of(JsonNode message) {
        var content = message.path("content");
        var parts = parts(content);
        var text = text(content, parts);
        var others = parts.stream().filter(part -> !part.isTextual()).toList();
        if (text.isBlank() && others.isEmpty()) return null;
        var kind = content.path("content_type").asText("text");
        var json = JsonNodeFactory.instance.objectNode();
        json.put("content", text.isBlank() ? "[" + kind + "]" : text);
        json.set("model", message.path("metadata").get("model_slug"));
        var metadata = json.putObject("metadata");
        if (!kind.equals("text")) metadata.put("content_type", kind);
        if (!others.isEmpty()) metadata.putArray("parts").addAll(others);
        var recipient = message.path("recipient").asText("all");
        if (!recipient.equals("all")) metadata.put("recipient", recipient);
        setAuthor(json, metadata, message.path("author"));
        return new ChatGptMessage(json);
    }

    private static void setAuthor(ObjectNode json, ObjectNode metadata, JsonNode author) {
        var role = author.path("role").asText();
        json.put("role", ROLES.contains(role) ? role : "assistant");
        if (!ROLES.contains(role)) metadata.put("role", role);
        if (author.hasNonNull("name")) json.set("name", author.get("name"));
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
}
