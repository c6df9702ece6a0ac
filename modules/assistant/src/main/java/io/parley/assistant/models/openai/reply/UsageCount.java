package io.parley.assistant.models.openai.reply;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.assistant.models.ModelReply.Usage;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of one request. Providers report them once, or again and again as they grow, or in parts; so the largest of each
 * value counts.
 */
final class UsageCount {
    private static final Usage NOTHING = new Usage(0, 0, 0, 0, 0);

    private @Nullable Usage usage;

    /** Null if nothing was reported. */
    @Nullable Usage usage() {
        return usage;
    }

    /** @param reported a provider's {@code usage}, or anything else */
    void add(JsonNode reported) {
        if (!reported.isObject() || reported.isEmpty()) return;
        var before = usage == null ? NOTHING : usage;
        var now = usage(reported);
        usage = new Usage(
                Math.max(before.promptTokens(), now.promptTokens()),
                Math.max(before.completionTokens(), now.completionTokens()),
                Math.max(before.cachedTokens(), now.cachedTokens()),
                Math.max(before.cacheWriteTokens(), now.cacheWriteTokens()),
                Math.max(before.reasoningTokens(), now.reasoningTokens()));
    }

    private static Usage usage(JsonNode reported) {
        var promptDetails = reported.path("prompt_tokens_details");
        int cached = first(
                promptDetails.path("cached_tokens"),
                reported.path("prompt_cache_hit_tokens"), // DeepSeek
                reported.path("cached_tokens"), // Moonshot
                reported.path("cache_read_input_tokens")); // Anthropic's, by way of LiteLLM
        int written = first(
                promptDetails.path("cache_write_tokens"), // OpenRouter
                promptDetails.path("cache_creation_tokens"),
                reported.path("cache_creation_input_tokens"));
        int prompt = first(reported.path("prompt_tokens"), reported.path("input_tokens"));
        // Anthropic's count leaves out what was in the cache.
        int fromCache = sum(cached, written);
        if (fromCache > prompt) prompt = sum(prompt, fromCache);
        int reasoning = first(
                reported.path("completion_tokens_details").path("reasoning_tokens"), reported.path("reasoning_tokens"));
        int completion = first(reported.path("completion_tokens"), reported.path("output_tokens"));
        // xAI and Gemini leave the reasoning out of the completion, but not out of the total.
        if (prompt > 0) completion = Math.max(completion, tokens(reported.path("total_tokens")) - prompt);
        return new Usage(prompt, completion, cached, written, reasoning);
    }

    private static int first(JsonNode... counts) {
        for (var count : counts) if (tokens(count) > 0) return tokens(count);
        return 0;
    }

    private static int tokens(JsonNode count) {
        return count.isNumber() ? (int) Math.max(0, Math.min(Integer.MAX_VALUE, count.asDouble())) : 0;
    }

    private static int sum(int one, int other) {
        return (int) Math.min(Integer.MAX_VALUE, (long) one + other);
    }
}
