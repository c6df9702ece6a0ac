package io.parley.transfer.chatgpt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.parley.transfer.sources.SourceFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The content of a message. Which field has the text depends on the content type. */
final class ChatGptContent {
    // What the conversation began with, and what was thought: neither is said by anybody.
    private static final Set<String> CONTEXT = Set.of(
            "user_editable_context", "model_editable_context", "thoughts", "reasoning_recap", "app_pairing_content");

    private static final String POINTER = "asset_pointer";

    private final JsonNode content;
    private final List<String> assetPointers = new ArrayList<>();
    private final ArrayNode otherParts = JsonNodeFactory.instance.arrayNode();
    private final List<String> texts = new ArrayList<>();

    ChatGptContent(JsonNode content) {
        this.content = content;
        content.path("parts").forEach(this::readPart);
        for (var field : new String[] {"title", "url", "text", "summary", "result", "output_str", "name"})
            if (field.equals("text") || !content.has("parts")) addText(content.path(field));
    }

    /** The thoughts of a node that has nothing else; null if it is another one. */
    static @Nullable String thoughts(JsonNode content) {
        if (!content.path("content_type").asText().equals("thoughts")) return null;
        return SourceFields.paragraphs(SourceFields.stream(content.path("thoughts"))
                .<@Nullable String>map(thought -> SourceFields.text(thought, "content", "summary"))
                .toList());
    }

    String type() {
        return content.path("content_type").asText("text");
    }

    boolean isContext() {
        return CONTEXT.contains(type());
    }

    boolean isCode() {
        return type().equals("code");
    }

    String text() {
        return String.join("\n", texts);
    }

    /** The text as a block of code, if its language is known. */
    String fenced(String text) {
        var language = SourceFields.text(content, "language");
        return language == null || language.equals("unknown") ? text : "```" + language + "\n" + text + "\n```";
    }

    boolean hasAssets() {
        return !assetPointers.isEmpty() || !otherParts.isEmpty();
    }

    /** Such as file-service://file-1 or sediment://file_1. */
    List<String> assetPointers() {
        return assetPointers;
    }

    /** The parts of kinds that are not known here. */
    Optional<JsonNode> otherParts() {
        return otherParts.isEmpty() ? Optional.empty() : Optional.of(otherParts);
    }

    private void readPart(JsonNode part) {
        if (part.isNull()) return;
        int before = assetPointers.size();
        part.findValuesAsText(POINTER).forEach(this::addPointer);
        boolean hasText = addText(part) || addText(part.path("text"));
        if (!hasText && assetPointers.size() == before) otherParts.add(part);
    }

    private void addPointer(String pointer) {
        if (!pointer.isEmpty() && !assetPointers.contains(pointer)) assetPointers.add(pointer);
    }

    private boolean addText(JsonNode text) {
        if (text.isTextual() && !text.textValue().isEmpty()) texts.add(text.textValue());
        return text.isTextual();
    }
}
