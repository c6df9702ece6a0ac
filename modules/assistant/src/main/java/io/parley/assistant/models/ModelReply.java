package io.parley.assistant.models;

import io.parley.kernel.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A complete answer of a model.
 *
 * @param text empty if there are only tool calls, or nothing at all
 * @param reasoning what the model thought before it answered; null if it showed nothing
 * @param model as the provider names it in its answer
 * @param finishReason {@code stop}, {@code length}, {@code content_filter}, {@code tool_calls} or a word of the provider; null
 *     if it gave none
 * @param usage null if the provider does not report it
 * @param providerState what the provider wants to be sent with this answer in later requests; null if nothing
 */
public record ModelReply(
        String text,
        @Nullable String reasoning,
        List<ToolCall> toolCalls,
        String model,
        @Nullable String finishReason,
        @Nullable Usage usage,
        @Nullable Json providerState) {

    /** An answer that no provider gave. */
    public ModelReply(String text, List<ToolCall> toolCalls, String model, @Nullable Usage usage) {
        this(text, null, toolCalls, model, toolCalls.isEmpty() ? "stop" : "tool_calls", usage, null);
    }

    /**
     * In tokens, as the provider counts them.
     *
     * @param promptTokens those from the cache included
     * @param completionTokens the reasoning included
     */
    public record Usage(
            int promptTokens, int completionTokens, int cachedTokens, int cacheWriteTokens, int reasoningTokens) {}
}
