package io.parley.assistant.models;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A complete answer of a model.
 *
 * @param text empty if there are only tool calls
 * @param model as the provider names it in its answer
 * @param usage null if the provider does not report it
 */
public record ModelReply(
        String text,
        List<ToolCall> toolCalls,
        String model,
        @Nullable Usage usage) {

    /** In tokens, as the provider counts them. */
    public record Usage(int promptTokens, int completionTokens) {}
}
