package io.parley.transfer.chatgpt;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.transfer.sources.SourceFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The custom instructions and the memory that a conversation began with, in hidden nodes of its tree. */
final class ChatGptInstructions {
    private final List<@Nullable String> texts = new ArrayList<>();
    private final List<@Nullable String> memories = new ArrayList<>();

    ChatGptInstructions(JsonNode mapping) {
        mapping.forEach(node -> read(node.path("message")));
    }

    @Nullable String text() {
        return SourceFields.paragraphs(texts.stream().distinct().toList());
    }

    Optional<String> memory() {
        return Optional.ofNullable(SourceFields.paragraphs(memories));
    }

    private void read(JsonNode message) {
        var content = message.path("content");
        switch (content.path("content_type").asText()) {
            case "user_editable_context" -> readInstructions(message, content);
            case "model_editable_context" -> memories.add(SourceFields.text(content, "model_set_context"));
            default -> {}
        }
    }

    // Until 2024 the content repeated the texts between phrases of OpenAI's own; the metadata has them alone.
    private void readInstructions(JsonNode message, JsonNode content) {
        var plain = message.path("metadata").path("user_context_message_data");
        var profile = SourceFields.text(plain, "about_user_message");
        var wishes = SourceFields.text(plain, "about_model_message");
        texts.add(profile == null ? SourceFields.text(content, "user_profile") : profile);
        texts.add(wishes == null ? SourceFields.text(content, "user_instructions") : wishes);
    }
}
