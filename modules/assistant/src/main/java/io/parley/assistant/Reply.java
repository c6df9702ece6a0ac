package io.parley.assistant;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model has answered.
 *
 * @param text all of it; empty where there are only tool calls
 * @param model as the provider names it in its answer
 * @param usage null where the provider does not say
 */
record Reply(
        String text,
        List<ToolCall> toolCalls,
        String model,
        @Nullable Usage usage) {

    /** In tokens, as the provider counts them. */
    record Usage(int promptTokens, int completionTokens) {}
}
