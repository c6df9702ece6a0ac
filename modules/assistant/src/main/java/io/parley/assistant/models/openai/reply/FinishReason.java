package io.parley.assistant.models.openai.reply;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why an answer ended, in OpenAI's words. The others are those of Anthropic, Gemini, Mistral, Cohere, Bedrock, Zhipu, DeepSeek,
 * vLLM and text-generation-inference, as gateways pass them on.
 */
final class FinishReason {
    static final String ERROR = "error";

    private static final int MAX_CHARACTERS = 64;

    private static final Map<String, List<String>> SPELLINGS = Map.of(
            "stop",
            List.of("eos", "eos_token", "end_turn", "stop_sequence", "stop_token", "complete", "completed"),
            "length",
            List.of("max_tokens", "max_output_tokens", "model_length", "model_context_window_exceeded"),
            "content_filter",
            List.of(
                    "safety",
                    "recitation",
                    "prohibited_content",
                    "blocklist",
                    "spii",
                    "image_safety",
                    "refusal",
                    "sensitive",
                    "content_filtered",
                    "guardrail_intervened",
                    "error_toxic"),
            "tool_calls",
            List.of("function_call", "tool_call", "tool_use"),
            ERROR,
            List.of("network_error", "insufficient_system_resource", "abort"));

    private static final Map<String, String> MEANINGS = meanings();

    private static Map<String, String> meanings() {
        var meanings = new HashMap<String, String>();
        SPELLINGS.forEach((meaning, others) -> {
            meanings.put(meaning, meaning);
            others.forEach(other -> meanings.put(other, meaning));
        });
        return meanings;
    }

    /** Null if the answer goes on. An unknown value is kept, cut to 64 characters. */
    static @Nullable String of(JsonNode value) {
        var text = StorableText.of(value).strip();
        // KoboldCpp has sent the word "null", Ollama and SGLang an empty text.
        if (text.isEmpty() || text.equals("null")) return null;
        var word = text.toLowerCase(Locale.ROOT).replace('-', '_');
        return MEANINGS.getOrDefault(word, StorableText.cut(text, MAX_CHARACTERS));
    }

    private FinishReason() {}
}
