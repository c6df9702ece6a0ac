package io.parley.assistant.models.openai.reply;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Consumer;

/** Reads the text and the reasoning of a delta or of a whole message, in whichever members and forms they come. */
final class MessagePart {
    /** DeepSeek's; that of vLLM and OpenRouter; Ollama's. If a piece has several, they say the same. */
    private static final List<String> REASONING_NAMES = List.of("reasoning_content", "reasoning", "thinking");

    private final Consumer<String> onText;
    private final Consumer<String> onReasoning;
    private final AttachmentCollector attachments;

    MessagePart(Consumer<String> onText, Consumer<String> onReasoning, AttachmentCollector attachments) {
        this.onText = onText;
        this.onReasoning = onReasoning;
        this.attachments = attachments;
    }

    void read(JsonNode part) {
        attachments.add(part);
        readReasoning(part);
        readContent(part.path("content"));
        readContent(part.path("refusal"));
    }

    private void readReasoning(JsonNode part) {
        var reasoning = "";
        for (var name : REASONING_NAMES) {
            var value = part.path(name);
            if (!value.isTextual()) continue;
            attachments.addReasoningName(name);
            if (reasoning.isEmpty()) reasoning = value.textValue();
        }
        onReasoning.accept(reasoning.isEmpty() ? blocks(part) : reasoning);
    }

    private static String blocks(JsonNode part) {
        var text = new StringBuilder();
        for (var block : part.path("reasoning_details")) text.append(ReasoningBlock.text(block));
        return text.toString();
    }

    // A text, or a list of parts, or one part, or null.
    private void readContent(JsonNode content) {
        if (content.isTextual()) onText.accept(content.textValue());
        else if (content.isArray()) content.forEach(this::readContent);
        else if (content.isObject()) readPart(content);
    }

    private void readPart(JsonNode part) {
        switch (part.path("type").asText("text")) {
            case "text", "output_text", "input_text" -> readContent(text(part.path("text")));
            case "refusal" -> readContent(part.path("refusal"));
            case "thinking", "think", "reasoning" -> {
                attachments.addThinkingPart();
                for (var name : new String[] {"thinking", "think", "reasoning", "text"}) readThinking(part.path(name));
            }
            default -> {} // an image, a reference: nothing to read
        }
    }

    // The text itself, or {"value": …}.
    private static JsonNode text(JsonNode text) {
        return text.isObject() ? text.path("value") : text;
    }

    private void readThinking(JsonNode thinking) {
        if (thinking.isTextual()) onReasoning.accept(thinking.textValue());
        else if (thinking.isArray()) thinking.forEach(this::readThinking);
        else if (thinking.isObject()) readThinking(text(thinking.path("text")));
    }
}
