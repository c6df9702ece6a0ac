package io.parley.assistant.models;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model has answered.
 *
 * @param text all of it; empty where there are only tool calls
 * @param model as the provider names it in its answer
 * @param usage null where the provider does not say
 */
public record ModelReply(
        String text,
        List<ToolCall> toolCalls,
        String model,
        @Nullable Usage usage) {

    /** In tokens, as the provider counts them. */
    public record Usage(int promptTokens, int completionTokens) {}
}
